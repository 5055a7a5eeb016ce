//! Spanish. A person is addressed with "usted".

use super::keys::{HelpText, LightText, PairText, SettingsText, ShellText, SyncText, TodayText, WelcomeText};

/// "1 registro", "2 registros".
fn entries(n: u64) -> String {
    if n == 1 { "1 registro".to_owned() } else { format!("{n} registros") }
}

pub(super) static SHELL: ShellText = ShellText {
    today: "Hoy",
    diary: "Diario",
    settings: "Ajustes",
    trends: "Evolución",
    sync: "Envío",
    help: "Ayuda",
    pair: "Conectar una clínica",
    moving: "Copia y traslado",
    own: "Sus propias preguntas",
    erase: "Borrar todo",
    doctor: "Para mi médico",
    nav: "Páginas",
    unknown: "En esta dirección no hay nada",
    back: "Atrás",
    busy: "Un momento",
    update: "Hay una versión más nueva de Interlude lista en este teléfono.",
    update_do: "Usarla ahora",
    update_later: "Hay un formulario abierto en otra pestaña. Ciérrelo primero; no se pierde nada de él.",
    no_store: "Interlude no puede abrir el diario",
    blocked: "Este navegador se niega a guardar datos aquí. Así lo hace una ventana privada. Abra Interlude en una ventana normal.",
    too_new: "El diario de este teléfono se hizo con una versión más nueva de Interlude. No se ha tocado nada. Vuelva a cargar la página para obtener esa versión.",
    locked: "El diario está bloqueado, o falta su llave.",
    store_failed: "El almacenamiento del navegador no respondió. No se ha borrado nada. Cerrar Interlude y volver a abrirlo suele ayudar.",
    not_fetched: "Esta parte de Interlude todavía no está en este teléfono y la red no la trajo. Lo guardado está a salvo.",
    help_not_fetched: "Pida ayuda por teléfono ahora, por favor: a su clínica o al número de emergencias. En la Unión Europea y en muchos otros países es el 112.",
    again: "Intentar de nuevo",
};

pub(super) static TODAY: TodayText = TodayText {
    check_in: "Registro diario",
    seven: "Siete preguntas cortas.",
    kept: |n| match n {
        1 => "Hay 1 respuesta guardada. Puede seguir donde lo dejó.".to_owned(),
        n => format!("Hay {n} respuestas guardadas. Puede seguir donde lo dejó."),
    },
    begin: "Empezar",
    go_on: "Continuar",
    only_pain: "Hoy solo el dolor",
    done: |time| format!("Hecho a las {time}."),
    done_short: |time| {
        format!("Dolor registrado a las {time}. Lo demás puede responderlo hasta las 04:00, o dejarlo.")
    },
    the_rest: "Responder lo demás",
    calm: "¿Una pantalla más tranquila para hoy?",
    calm_about: "Oscura, de colores apagados, y nada se mueve. Puede volver atrás en Ajustes en cualquier momento.",
    calm_yes: "Usar la pantalla tranquila",
    calm_no: "Dejarla como está",
    own_about: |n| match n {
        0 => "Medicamentos o lo que usted quiera seguir".to_owned(),
        1 => "Una pregunta suya".to_owned(),
        n => format!("{n} preguntas suyas"),
    },
    own_change: "Añadir o cambiar",
    note: "Una nota",
    note_about: "Con sus palabras, en cualquier momento",
    note_write: "Escribir",
    open: "Abrir",
    night: |day| {
        format!(
            "Ya pasó la medianoche. Hasta las 04:00 esto cuenta todavía como {day}, con la noche anterior."
        )
    },
    slept: |day| format!("Ya he dormido: empezar {day}"),
    late: |day| format!("{day}: todavía abierto"),
    late_means: "Quedará marcado como anotado tarde. También puede dejarlo vacío.",
    sleep: "Horas de sueño",
    sleep_about: "Opcional. Cuándo se acostó y cuándo se levantó.",
    due: "En torno a sus infusiones",
    due_before: |day| {
        format!("Cómo está antes de las infusiones, para comparar después. Puede responder hasta el {day}.")
    },
    due_before_again: |day| {
        format!("Cómo está desde su última serie, antes de la siguiente. Puede responder hasta el {day}.")
    },
    due_peg: |day| {
        format!("Tres preguntas, una vez por semana tras las infusiones. Puede responder hasta el {day}.")
    },
    due_gad: |day| {
        format!("Siete preguntas, cada dos semanas tras las infusiones. Puede responder hasta el {day}.")
    },
    due_pgic: |day| {
        format!("Una pregunta sobre el tiempo desde sus infusiones. Puede responder hasta el {day}.")
    },
    more: "Otras preguntas",
    effects: "Después de la infusión",
    effects_about: "Efectos secundarios, en cualquier momento",
    report: "Anotar",
    session_about: "Cuándo fue y cómo fue",
    peg_about: "Tres preguntas sobre la última semana",
    gad_about: "Siete preguntas sobre las dos últimas semanas",
    pgic_about: "Una pregunta, después de las infusiones",
    begun: "Empezado; sus respuestas están guardadas.",
    help_now: "Necesito ayuda ahora",
    failed: "No se pudieron leer los registros de hoy. No se ha cambiado nada.",
};

pub(super) static LIGHT: LightText = LightText {
    empty: "Aún no hay nada registrado",
    empty_more: "Lo que responda se guarda en este teléfono.",
    safe: "A salvo en este teléfono",
    unpaired: |n| format!("{}. No hay ninguna clínica conectada; nada sale de este teléfono.", entries(n)),
    wait: |n| match n {
        1 => "1 registro espera a que haya red.".to_owned(),
        n => format!("{n} registros esperan a que haya red."),
    },
    clinic_had: |n, when| match n {
        1 => format!("La clínica recibió 1 más {when}."),
        n => format!("La clínica recibió los otros {n} {when}."),
    },
    all: "La clínica lo tiene todo",
    all_more: |n, when| format!("{}; su último acuse de recibo llegó {when}.", entries(n)),
    some: |n, all| format!("La clínica recibió {n} de {}", entries(all)),
    some_more: |when| {
        format!(
            "Su último acuse de recibo llegó {when}. Los demás se quedan en este teléfono o no tienen acuse."
        )
    },
    sent: "Enviado",
    sent_more: "El servidor lo aceptó todo. No da acuses de recibo, así que no se puede comprobar.",
    parked: |n| match n {
        1 => "1 registro no fue aceptado".to_owned(),
        n => format!("{n} registros no fueron aceptados"),
    },
    parked_more: "Están a salvo en este teléfono. Vea qué dijo la clínica.",
    at: |time| format!("hoy a las {time}"),
    on: |day| format!("el {day}"),
};

pub(super) static SYNC: SyncText = SyncText {
    title: "Envío",
    unpaired: "No hay ninguna clínica conectada. Su diario está completo sin ella, y nada sale de este teléfono.",
    connect: "Conectar una clínica",
    now: "Enviar ahora",
    sending: "Enviando.",
    offline: "Ahora no hay red. No tiene que hacer nada: se enviará cuando la haya.",
    later: "La clínica no respondió. Se intentará de nuevo automáticamente.",
    sign_in: "La clínica ya no reconoce este teléfono. Su diario está a salvo aquí. Conéctelo de nuevo con otro código.",
    nothing: "No hay nada en espera.",
    waiting: |n| match n {
        1 => "1 registro en espera".to_owned(),
        n => format!("{n} registros en espera"),
    },
    and_more: |n| format!("y {n} más"),
    held: "Sale cuando usted pulse Terminar o deje la página.",
    first: "Sale antes que todos los demás.",
    fresh: "Sale con la próxima conexión.",
    tried: |n, time| match n {
        1 => format!("Un intento; el próximo, a partir de las {time}."),
        n => format!("{n} intentos; el próximo, a partir de las {time}."),
    },
    parked: "No aceptado por la clínica",
    parked_means: "Se queda en este teléfono y no detiene nada más. Enseñe a su clínica las palabras de abajo.",
    status: |code| format!("Respuesta del servidor: {code}"),
    no_reason: "El servidor no dio ningún motivo.",
    try_again: "Intentar de nuevo",
    save_file: "Guardar en un archivo",
    last: |when| format!("El último acuse de recibo de la clínica llegó {when}."),
    damaged: |n| match n {
        1 => {
            "1 dato de este teléfono no está como se escribió. Se deja como está y no se muestra.".to_owned()
        }
        n => format!(
            "{n} datos de este teléfono no están como se escribieron. Se dejan como están y no se muestran."
        ),
    },
    clock: "El reloj de este teléfono",
    clock_off: |minutes| {
        let way = if minutes > 0 { "adelantado" } else { "atrasado" };
        let off = minutes.unsigned_abs();
        match (off / 1440, off / 60) {
            (0, 0) => format!("Va {off} minutos {way} respecto al reloj de la clínica."),
            (0, 1) => format!("Va alrededor de una hora {way} respecto al reloj de la clínica."),
            (0, hours) => format!("Va unas {hours} horas {way} respecto al reloj de la clínica."),
            (1, _) => format!("Va alrededor de un día {way} respecto al reloj de la clínica."),
            (days, _) => format!("Va unos {days} días {way} respecto al reloj de la clínica."),
        }
    },
    clock_means: "Sus anotaciones conservan el día y la hora que usted vio, y la clínica sabe de la \
                  diferencia. Si la hora de este teléfono está mal, ajústela en la configuración del teléfono.",
    no_receipt: "Todavía no ha llegado ningún acuse de recibo.",
    about: |day| format!("sobre el {day}"),
    failed: "No se pudo leer la lista. No se ha cambiado nada.",
};

pub(super) static SETTINGS: SettingsText = SettingsText {
    language: "Idioma",
    theme: "Colores",
    themes: [
        "Como el teléfono",
        "Claro",
        "Oscuro",
        "Alto contraste",
        "Calma: oscuro y apagado, nada se mueve",
    ],
    filling: "Al responder",
    advance: "Pasar a la siguiente pregunta al tocar",
    advance_means: "Si está apagado, cada pregunta espera a que pulse Siguiente.",
    country: "País",
    country_why: "Para los números de emergencia de la página Ayuda.",
    clinic: "Clínica",
    paired: |clinic, initials| format!("Conectado con {clinic}. Paciente: {initials}"),
    unpaired: "No hay ninguna clínica conectada. Nada sale de este teléfono.",
    connect: "Conectar una clínica",
    unpair: "Desconectar",
    unpair_means: "No se enviará nada más desde este teléfono. La clínica conserva lo que tiene. Su diario se queda aquí.",
    unpair_do: "Desconectar ahora",
    keep: "Dejarlo como está",
    storage: "Almacenamiento en este teléfono",
    persisted: "El navegador conserva el diario hasta que usted lo borre.",
    not_persisted: "El navegador puede borrar el diario si el teléfono se queda sin espacio. Instalar Interlude lo hace menos probable.",
    unknown: "Este navegador no dice si puede borrar el diario.",
    ask: "Pedir al navegador que lo conserve",
    asked: "El navegador no lo prometió. Es habitual; puede hacerlo tras unos días de uso.",
    offline_ready: "Interlude se abre sin red.",
    offline_not_yet: "Interlude aún no se abre sin red. Déjelo abierto un momento mientras haya conexión.",
    install: "Instalar",
    install_why: "Una vez instalado, Interlude se abre desde la pantalla de inicio.",
    install_do: "Instalar Interlude",
    install_ios: [
        "Toque el botón Compartir del navegador.",
        "Elija «Añadir a pantalla de inicio».",
        "Abra Interlude desde la pantalla de inicio.",
    ],
    installed: "Interlude funciona como aplicación instalada.",
    install_menu: "El menú de su navegador puede ofrecer «Instalar» o «Añadir a pantalla de inicio».",
    server: "El servidor propio de un hospital",
    server_means: "Para personal técnico: un servidor FHIR R4 en lugar del código de una clínica. El servidor debe permitir el acceso desde esta dirección.",
    server_base: "Dirección base",
    server_patient: "Identificador del paciente",
    server_token: "Credencial de acceso",
    server_next: "Continuar",
    server_wrong: "La dirección debe empezar por https:// y hay que escribir el identificador del paciente.",
    about: "Acerca de",
    version: |v| format!("Interlude, versión {v}"),
    licence: "Software libre, con licencia MIT o Apache 2.0.",
    loinc: "This material contains content from LOINC (http://loinc.org). LOINC is copyright \u{a9} Regenstrief Institute, Inc. and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under the license at http://loinc.org/license. LOINC\u{ae} is a registered United States trademark of Regenstrief Institute, Inc.",
    forms: "PEG: Krebs y otros, 2009. GAD-7: Spitzer, Kroenke, Williams y Löwe, 2006; no hace falta permiso para reproducirlo, traducirlo, mostrarlo ni distribuirlo. PGIC: según Guy, 1976. Las demás preguntas son propias de Interlude.",
    not_device: "Interlude es un diario. No hace diagnósticos ni da consejos de tratamiento.",
    not_kept: "No se pudo guardar esta elección. Vale hasta que cierre Interlude.",
};

pub(super) static HELP: HelpText = HelpText {
    now: "Necesito ayuda ahora",
    nobody: "Nadie vigila sus respuestas en directo. Para hablar con una persona, llame.",
    call_clinic: |name| format!("Llamar a {name}"),
    call_your_clinic: "Llamar a su clínica",
    clinic_says: |words| format!("Su clínica le dice: {words}"),
    no_clinic: "Este teléfono no conoce el número de ninguna clínica. Estos son los números públicos.",
    danger: "Si puede estar en peligro",
    danger_means: "Llame al número de emergencias, o hable con alguien ahora.",
    emergency: |number| format!("Emergencias: {number}"),
    talk: "Hablar con alguien",
    of_country: |country| format!("Números de {country}."),
    no_country: "No ha elegido ningún país. En la Unión Europea y en muchos otros países el número de emergencias es el 112.",
    checked: |day| format!("Estos números se comprobaron el {day}."),
    records_nothing: "Abrir esta página no registra ni envía nada. Funciona sin red; para llamar hace falta cobertura.",
    text_to: |number| format!("Mensaje al {number}"),
    when: "Después de una infusión, llame enseguida si hay",
    when_list: &[
        "dolor en el pecho",
        "dificultad para respirar",
        "un desmayo",
        "confusión, o ver u oír cosas que no están, y no se pasa",
    ],
    flag_clinic: "Llame ahora a su clínica, por favor",
    flag_emergency: "Pida ayuda por teléfono ahora, por favor",
    flag_kept: "Su respuesta está a salvo en este teléfono y se envía a la clínica antes que las demás, pero nadie la vigila en directo.",
    flag_go_on: "Seguir con las preguntas",
    quiet: "Una nota",
    quiet_more: "Un valor tan alto merece que lo comente con su clínica. El número está en Ayuda. Nadie vigila estas respuestas en directo.",
    rules: &[
        ("chest-pain", "Usted dijo que tiene dolor en el pecho."),
        ("breathing", "Usted dijo que le cuesta respirar."),
        ("fainting", "Usted dijo que se desmayó."),
        ("seeing-hearing", "Usted dijo que ve u oye cosas que no están, y que no se le pasa."),
        ("confusion", "Usted dijo que tiene confusión, y que no se le pasa."),
        ("pain-worst", "Usted dio a su peor dolor un 9 o un 10."),
        ("pain-average", "Usted dio a su dolor medio un 9 o un 10."),
        ("pain-now", "Usted dio a su dolor de ahora un 9 o un 10."),
        ("anxiety", "Usted dio a su ansiedad un 9 o un 10."),
    ],
};

pub(super) static WELCOME: WelcomeText = WelcomeText {
    title: "Interlude",
    what: "Un diario del dolor, el sueño y la ansiedad entre infusiones. Se guarda en este teléfono y funciona sin red.",
    not_watched: "No es para emergencias. Nadie vigila sus respuestas en directo.",
    question: "¿Es su primera vez, o ya usó Interlude antes?",
    fresh: "Es mi primera vez",
    before: "Ya lo usé antes",
    before_title: "Su diario anterior",
    before_paired: "Si había una clínica conectada: pídale un código nuevo. Lo que recibió la clínica vuelve a este teléfono.",
    before_unpaired: "Si no había ninguna clínica conectada: el diario solo está donde usted lo guardó, en el otro navegador o en el otro teléfono. Búsquelo primero allí.",
    wiped: "En este navegador hubo antes un diario y ya no está. Lo borró el navegador o alguien.",
    start_empty: "Empezar con un diario vacío",
    code_waits: "El código de su clínica queda guardado para el siguiente paso.",
    choose_country: "Sin elegir",
};

pub(super) static PAIR: PairText = PairText {
    title: "Conectar una clínica",
    what: "Su clínica puede darle un código. Sin él, Interlude es igualmente un diario completo.",
    code: "Código de su clínica",
    code_help: "Ocho letras y cifras. Vale durante diez minutos.",
    next: "Continuar",
    not_now: "Ahora no",
    asking: "Preguntando a la clínica.",
    not_a_code: "Un código tiene ocho letras y cifras.",
    unknown: "La clínica no reconoce este código, o ya se usó o ha caducado. Pida otro.",
    slow: "Demasiados intentos. Espere un minuto e inténtelo de nuevo.",
    offline: "No hay red. El código la necesita; su diario no.",
    failed: "El servidor de la clínica no puede responder ahora. Inténtelo de nuevo dentro de unos minutos.",
    store: "No se pudo guardar en el teléfono. No se ha enviado nada.",
    ios: "Instale primero",
    ios_why: "En este teléfono la aplicación instalada tiene su propio diario. Instálela y escriba allí el código, para que su diario empiece en el lugar correcto.",
    ios_code: |code| {
        format!(
            "Su código es {code}. No se ha usado; vale durante diez minutos desde que la clínica lo creó."
        )
    },
    consent: "¿Qué se puede enviar?",
    to: "A",
    patient: "Como paciente",
    sends: "Desde este teléfono",
    sends_none: "Todavía nada: el diario está vacío.",
    sends_kind: |n, kind| format!("{kind}: {n}"),
    sends_later: "A partir de ahora, cada cuestionario que responda.",
    stays: "Sus notas propias se quedan en este teléfono.",
    can_end: "Puede desconectarlo en cualquier momento en Ajustes.",
    not_me: "Si estas no son sus iniciales, elija No.",
    yes: "Sí, enviar",
    no: "No, no enviar nada",
    nothing_sent: "No se ha enviado nada.",
    nothing_more: "No se enviará nada más.",
    told: "Se avisó a la clínica de que este teléfono no está conectado.",
    not_told: "Todavía no se pudo avisar a la clínica de que este teléfono no está conectado; el teléfono lo hará cuando haya red.",
    other: "Este diario es de otro paciente",
    other_why: "El código es de un paciente distinto del que está conectado a este diario. No se ha enviado nada y el código se ha devuelto.",
    other_do: "Si este teléfono ha cambiado de manos, guarde un archivo del diario o bórrelo en Ajustes. Después pida otro código a la clínica.",
    done: "Conectado",
    done_means: "Se está enviando lo que hay en el diario. Puede seguir; no tiene que hacer nada.",
    came_back: |day| format!("Lo que tenía la clínica está aquí, hasta el {day}."),
    none_of_day: |day| {
        format!("Del {day} no ha vuelto nada. Si respondió entonces, no había llegado a la clínica.")
    },
    none_of_days: |first, last| {
        format!(
            "De los días del {first} al {last} no ha vuelto nada. Lo que respondiera entonces no había llegado a la clínica."
        )
    },
    already: |clinic| format!("Este teléfono está conectado con {clinic}."),
};
