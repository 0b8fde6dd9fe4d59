//! What the ending of a verb's form tells, by language.

use super::Lang;

/// Whether a form goes with the subject of the verb beside it: "saying", "visant", "atacando", "sparando".
pub(crate) fn is_gerund(lang: Lang, word: &str) -> bool {
    let endings: &[&str] = match lang {
        Lang::Fr => &["ant"],
        Lang::Es => &["ando", "iendo", "yendo", "ándolo", "ándola", "ándolos", "ándolas"],
        Lang::It => &["ando", "endo", "andolo", "andola", "andoli", "andole"],
        _ => &["ing"],
    };
    endings.iter().any(|ending| word.ends_with(ending))
}

/// Whether a form is a participle that is passive where it stands without any auxiliary: "visé", "atacado", "colpiti".
pub(crate) fn is_bare_passive(lang: Lang, word: &str) -> bool {
    let endings: &[&str] = match lang {
        Lang::Fr => &["é", "ée", "és", "ées", "ert", "erts"],
        Lang::Es => &[
            "ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas", "uesto", "uesta", "uestos", "uestas", "ierto",
            "ierta", "iertos", "iertas",
        ],
        // "-se" is left out: "uccise" is more often "he killed" than "killed women".
        Lang::It => &[
            "ato", "ata", "ati", "ate", "ito", "ita", "iti", "ite", "uto", "uta", "uti", "ute", "rto", "rta", "rti",
            "rte", "tto", "tta", "tti", "tte", "eso", "esa", "esi", "iso", "isa", "isi", "uso", "usa", "usi", "nto",
            "nta", "nti", "nte", "sto", "sta", "sti", "ste",
        ],
        _ => &[],
    };
    endings.iter().any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_of_their_language() {
        assert!(is_gerund(Lang::En, "firing") && !is_gerund(Lang::Fr, "firing"));
        assert!(is_gerund(Lang::Es, "atacando") && is_gerund(Lang::It, "colpendo"));
        assert!(is_bare_passive(Lang::Es, "bombardeadas") && !is_bare_passive(Lang::Es, "bombardearon"));
        assert!(is_bare_passive(Lang::It, "colpiti") && !is_bare_passive(Lang::It, "colpirono"));
        assert!(is_bare_passive(Lang::Fr, "visées") && !is_bare_passive(Lang::En, "shelled"));
    }
}
