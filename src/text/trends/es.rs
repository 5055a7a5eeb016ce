//! Spanish.

use super::TrendsText;

fn answers(n: u16) -> String {
    if n == 1 { "1 respuesta".to_owned() } else { format!("{n} respuestas") }
}

fn weeks(n: u16) -> String {
    if n == 1 { "1 semana".to_owned() } else { format!("{n} semanas") }
}

pub(in crate::text) static TRENDS: TrendsText = TrendsText {
    title: "Evolución",
    what: "Qué",
    scores: &[
        ("pain-average", "Dolor"),
        ("pain-worst", "Dolor en su peor momento"),
        ("sleep-quality", "Sueño"),
        ("anxiety", "Ansiedad"),
        ("pain-worry", "Preocupación por el dolor"),
        ("function", "Lo que el dolor impide"),
        ("peg", "Impacto del dolor (PEG)"),
        ("gad-7", "Ansiedad (GAD-7)"),
        ("pgic", "Cambio general (PGIC)"),
    ],
    subjects: &[
        ("pain-average", "su dolor"),
        ("sleep-quality", "su sueño"),
        ("anxiety", "su ansiedad"),
        ("function", "cuánto le impidió el dolor hacer lo que quería"),
        ("peg", "su puntuación PEG"),
        ("gad-7", "su puntuación GAD-7"),
    ],
    days: "Días",
    reaches: ["Semana", "Serie", "Todo"],
    week: |subject, mean, days| format!("En los últimos {days} días, el promedio de {subject} fue {mean}."),
    week_few: |n, days| {
        format!("{} a tiempo en los últimos {days} días. A partir de cuatro hay un promedio.", answers(n))
    },
    before: |mean| format!("En la semana anterior a sus infusiones era {mean}"),
    before_few: |n| {
        format!(
            "Hay {} a tiempo de la semana anterior a sus infusiones: no bastan para comparar.",
            answers(n)
        )
    },
    form: |subject, value, day| format!("El {day} {subject} fue {value}."),
    form_none: "No llegó ningún cuestionario a tiempo desde que empezaron sus infusiones.",
    form_before: |value| format!("Antes de sus infusiones era {value}"),
    form_before_none: "No hay ningún cuestionario de las dos semanas anteriores a sus infusiones con el que comparar.",
    lower_percent: |n| format!("un {n}\u{a0}% menos"),
    higher_percent: |n| format!("un {n}\u{a0}% más"),
    lower: |points| format!("{points} menos"),
    higher: |points| format!("{points} más"),
    same: "lo mismo",
    no_series: "Todavía no hay infusiones anotadas. Anótelas en Hoy, en «Infusión»; después, esta página compara con la semana anterior a ellas.",
    nothing: "No hay respuestas en estos días.",
    ends: |worst| format!("0 es lo mejor y {worst} lo peor."),
    legend: "Los huecos son días sin respuesta a tiempo. Un punto hueco se anotó tarde y no entra en ningún promedio.",
    legend_week: "Cada paso es el promedio de una semana; las barras van de su respuesta más baja a la más alta. Los huecos son semanas sin respuesta a tiempo. Un punto hueco se anotó tarde y no entra en ningún promedio.",
    legend_forms: "Cada punto es un cuestionario. La línea tiene un hueco donde faltó uno. Un punto hueco se anotó tarde.",
    infusions: |n| if n == 1 { "1 infusión".to_owned() } else { format!("{n} infusiones") },
    band: |mean| format!("semana anterior: {mean}"),
    band_form: |value| format!("antes: {value}"),
    line: |value| format!("30\u{a0}% menos: {value}"),
    line_points: |value| format!("4 puntos menos: {value}"),
    rule_percent: "Un cambio del 30\u{a0}% o más suele notarse como importante, a menos o a más. Por debajo de 2 cuentan, en su lugar, dos puntos.",
    rule_points: "Un cambio de 4 puntos o más suele notarse como importante, a menos o a más.",
    rule_answer: "Cuenta como importante haber respondido «much» o «very much», para mejor o para peor.",
    rule_none: "Para esta escala no hay publicado ningún cambio importante, así que no se indica.",
    source: "De dónde viene esta regla",
    series: |n, day| format!("Serie de infusiones {n}, desde el {day}"),
    runs: "Esta serie no ha terminado. Lo que cambió se cuenta desde el día siguiente a la última infusión.",
    points: ["La semana siguiente", "Un mes después", "Tres meses después", "Seis meses después"],
    columns: ["Desde el tiempo anterior", "cambio", "importante"],
    yes: "sí",
    substantial: "sí, considerable",
    no: "no",
    worse: "peor",
    few: "faltan respuestas",
    no_rule: "sin regla",
    of_days: |before, after| {
        format!(
            "{} de {} días con respuesta antes, {} de {} después",
            before[0], before[1], after[0], after[1]
        )
    },
    late: |n| if n == 1 { "1 tardía, sin contar".to_owned() } else { format!("{n} tardías, sin contar") },
    pgic: [
        "very much improved",
        "much improved",
        "minimally improved",
        "no change",
        "minimally worse",
        "much worse",
        "very much worse",
    ],
    overtaken: "Las siguientes infusiones llegaron antes.",
    not_yet: |day| format!("A partir del {day}."),
    back: |n| format!("De vuelta al nivel anterior después de unas {}.", weeks(n)),
    not_seen: |n| {
        format!("Todavía no se ve una vuelta al nivel anterior, {} después de la última infusión.", weeks(n))
    },
    stayed: "Ninguna semana desde entonces fue claramente más baja que el tiempo anterior.",
    overlay: "Sus series, una junto a otra",
    overlay_means: "Promedios de semanas enteras, contadas desde la última infusión de cada serie. Las semanas con menos de cuatro respuestas son huecos.",
    week_before: "semana anterior",
    week_after: |n| format!("semana {n} después"),
    day_zero: "última infusión: día 0",
    overlay_week: "Semana",
    overlay_back: "De vuelta al nivel anterior",
    back_short: |n| format!("después de unas {}", weeks(n)),
    not_seen_short: |n| format!("todavía no se ve en {}", weeks(n)),
    stayed_short: "nunca fue claramente más bajo",
    numbers: "Lo mismo en números",
    number_columns: ["Día", "Valor", "Anotado"],
    on_time: "a tiempo",
    was_late: "tarde",
    from_to: |least, greatest| format!("de {least} a {greatest}"),
    week_of: |day| format!("semana del {day}"),
    caution: "Son sus propias respuestas a lo largo del tiempo. No pueden decir qué causó un cambio. Háblelo con su clínica.",
    reading: "Leyendo su diario.",
    failed: "No se pudieron leer sus anotaciones. No se cambió nada.",
};
