//! Spanish.

use super::{DoctorText, SheetText};

fn weeks(n: u16) -> String {
    if n == 1 { "1 semana".to_owned() } else { format!("{n} semanas") }
}

pub(in crate::text) static DOCTOR: DoctorText = DoctorText {
    means: "Una o dos hojas para imprimir o entregar. Se hacen en este teléfono y no se envían a nadie.",
    days: "Días",
    periods: ["Desde la serie", "13 semanas", "Todo"],
    adds: "Lo que puede añadir",
    adds_means: "Se guarda en este teléfono, cerrado como su diario, y aparece solo en la hoja.",
    name: "Nombre en la hoja",
    medicines: "Medicamentos",
    medicines_means: "La lista de abajo aparece en la hoja.",
    medicines_field: "Sus medicamentos, tal como los toma",
    notes: "Notas",
    notes_means: "La nota de abajo aparece en la hoja.",
    notes_field: "Lo que quiere decir o preguntar",
    own: "Sus propias preguntas",
    own_means: "Cuántas veces las respondió en estos días, y qué, aparece en la hoja.",
    not_kept: "Lo que escribió no se pudo guardar en este teléfono. Está en la hoja hasta que salga de esta página.",
    print: "Imprimir",
    print_means: "La ventana de impresión también guarda un PDF.",
    share: "Compartir",
    save: ["Guardar como página", "Cifras como tabla (CSV)", "Cifras como FHIR"],
    files: "Como archivo",
    files_means: "La página es la hoja de abajo. Los dos archivos de cifras contienen todos sus números, para los programas de una clínica.",
    failed: "No se pudo hacer el archivo. No se cambió nada.",
    reading: "Leyendo su diario.",
    unread: "No se pudieron leer sus anotaciones. No se cambió nada.",
    back: "Volver a Evolución",
    sheet: SheetText {
        title: "Diario entre infusiones de ketamina",
        who: "Paciente",
        period: "Días",
        made: "Hecho el",
        to: "a",
        caution: "Respuestas del propio paciente a lo largo del tiempo, resumidas por su teléfono. No hay grupo de comparación: no pueden decir qué causó un cambio.",
        answered: "Respondido de lo que se preguntó",
        answered_columns: ["", "preguntado", "a tiempo", "tarde", "sin responder"],
        answered_of: &[
            ("daily-checkin", "Registro diario, días"),
            ("peg", "PEG, veces"),
            ("gad-7", "GAD-7, veces"),
            ("pgic", "Cambio general (PGIC), veces"),
            ("side-effects", "Efectos secundarios, infusiones"),
        ],
        curves: "A lo largo del tiempo",
        legend: "Cada paso es un día. Un hueco es un día sin respuesta a tiempo, un punto hueco se anotó tarde, una línea vertical es una infusión. La franja es el nivel anterior a una serie; la línea discontinua, un cambio importante respecto a él. 0 es lo mejor.",
        legend_week: "Cada paso es el promedio de una semana, con barras de su respuesta más baja a la más alta. Un hueco es una semana sin respuesta a tiempo, un punto hueco se anotó tarde, una línea vertical es una infusión. La franja es el nivel anterior a una serie; la línea discontinua, un cambio importante respecto a él. 0 es lo mejor.",
        before: |value| format!("antes: {value}"),
        no_series: "No hay infusiones anotadas.",
        earlier: |n| {
            if n == 1 {
                "1 serie anterior de estos días está en los archivos de cifras.".to_owned()
            } else {
                format!("{n} series anteriores de estos días están en los archivos de cifras.")
            }
        },
        infusions: |given, all| {
            if given == all {
                format!("{given} infusiones administradas")
            } else {
                format!("{given} de {all} infusiones administradas")
            }
        },
        dose: |dose| format!("{dose} mg/kg"),
        minutes: |minutes| format!("{minutes} min"),
        session_columns: ["Día", "Infusión", "Efectos secundarios anotados"],
        outcomes: ["prevista", "no administrada", "interrumpida", "completa"],
        none: "ninguno notado",
        untold: "sin anotar",
        after: |days| if days == 1 { "1 día después".to_owned() } else { format!("{days} días después") },
        still: "seguía ahí",
        changes: "Cambio desde el tiempo anterior",
        change_columns: ["0 es lo mejor", "antes"],
        of: |answers, days| format!("{answers} de {days} días"),
        late: |n| {
            if n == 1 { "1 tardía, sin contar".to_owned() } else { format!("{n} tardías, sin contar") }
        },
        few: "faltan respuestas",
        not_yet: "a partir del",
        overtaken: "antes llegó la serie siguiente",
        back: "De vuelta al nivel anterior",
        back_after: |n| format!("después de unas {}", weeks(n)),
        back_not_seen: |n| format!("todavía no se ve, {} después de la última infusión", weeks(n)),
        back_stayed: "ninguna semana fue claramente más baja",
        medicines: "Medicamentos, en palabras del paciente",
        notes: "Notas, en palabras del paciente",
        own: "Preguntas propias del paciente (no forman parte de ninguna puntuación)",
        own_scale: |n, least, most| format!("respondida {n} veces, de {least} a {most} sobre 10"),
        own_yes: |n, yes| format!("respondida {n} veces, sí {yes} veces"),
        rules: "Cómo se hacen las cifras",
        rules_say: [
            "Escalas diarias: el promedio de los 7 días anteriores a la primera infusión frente al de los 7 días siguientes a la última, y alrededor de 30, 91 y 182 días después, a partir de 4 respuestas a tiempo. PEG y GAD-7: el último cuestionario de los 14 días anteriores frente al más cercano a esos días.",
            "Lo anotado tarde se cuenta y no entra en ningún promedio. Un día sin respuesta no es un cero.",
            "Importante: dolor y PEG 30\u{a0}% (dolor, considerable 50\u{a0}%; por debajo de 2, dos puntos), GAD-7 4 puntos, PGIC mucho o muchísimo; peor, por las mismas reglas. Farrar 2001; Dworkin 2008; Toussaint 2020; PEG por analogía. Para sueño, ansiedad y función no hay regla publicada, así que no se indica.",
            "De vuelta al nivel anterior: la primera semana a menos de un 10\u{a0}% del tiempo anterior que la semana siguiente confirma.",
            "Las preguntas diarias son escalas numéricas de 0 a 10, no instrumentos validados. PEG: Krebs 2009. GAD-7: Spitzer 2006.",
        ],
    },
};
