//! Spanish, with usted.

use super::InfusionsText;

pub(in crate::text) static INFUSIONS: InfusionsText = InfusionsText {
    title: "Sus infusiones",
    series: |n, day| format!("Serie {n}, desde el {day}"),
    completed: "completa",
    stopped: "interrumpida antes de terminar",
    missed: "no se hizo",
    planned: "prevista",
    untold: "prevista; aún no se ha dicho cómo fue",
    cancelled: "ya no está prevista",
    mistaken: "anotada por error",
    dose: |dose| format!("{dose} mg/kg"),
    minutes: |n| if n == 1 { "1 minuto".to_owned() } else { format!("{n} minutos") },
    by_clinic: "según su clínica",
    by_you: "según usted",
    clinic_counts: "Usted y su clínica han contado lo que pasó en esta fecha, y vale lo que anotó la clínica. Lo suyo se conserva. Si lo anotado no es correcto, corrija lo que usted contó: vale una corrección hecha después.",
    yours_counts: "Usted y su clínica han contado lo que pasó en esta fecha. Usted corrigió lo suyo después de que la clínica lo anotara, así que aquí vale lo suyo. Lo que anotó la clínica se conserva.",
    when: "Cuándo",
    how: "Cómo fue",
    how_much: "Dosis",
    how_long: "Duración",
};
