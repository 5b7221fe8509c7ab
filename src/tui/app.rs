//! The app: the stack of screens, dispatch of keys and messages, and the screens' requests. Leaving
//! and changing the document wait here until everything is saved. Pure: no clock, no file, no
//! terminal.

use super::{
    action::Action,
    commands,
    context::{Context, Next, Notice},
    footer,
    keymap::Mode,
    message::Message,
    messages, past,
    request::{Effect, Prompting, Question, Request},
    screens::{self, checklist::Checklist, screen::Screen},
    search,
};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

#[cfg(test)]
mod chrome_tests;
#[cfg(test)]
mod screen_tests;
#[cfg(test)]
mod shape_tests;
#[cfg(test)]
mod tests;

/// The whole interface.
#[derive(Debug)]
pub struct App {
    /// State shared by screens.
    pub context: Context,
    /// The checklist, which is always there.
    pub checklist: Checklist,
    /// The screens above it, the top one last.
    pub above: Vec<Box<dyn Screen>>,
    /// The screen that the last key closed.
    closed: Option<Box<dyn Screen>>,
    effects: Vec<Effect>,
}

impl App {
    /// Returns the app with only the checklist open.
    pub fn new(context: Context) -> Self {
        let mut app = Self {
            context,
            checklist: Checklist::default(),
            above: Vec::new(),
            closed: None,
            effects: Vec::new(),
        };
        app.settle();
        app
    }

    /// Performs an action; returns the effects for the runtime.
    pub fn act(&mut self, action: Action) -> Vec<Effect> {
        self.closed = None;
        let notice = self.context.notice.take();
        if self.context.opening && matches!(action, Action::Back | Action::Quit) {
            self.context.opening = false;
            self.context
                .say(self.context.lang.text("notice.opening-stopped"));
        } else if !self.only_clears(action, notice.as_ref()) {
            self.perform(action);
            self.do_requests();
            self.context.say_opening();
        }
        let effects = self.end_turn();
        self.closed.take_if(|_| action != Action::Back);
        effects
    }

    fn perform(&mut self, action: Action) {
        match action {
            Action::Redraw => {
                search::ask_again(&mut self.context);
                self.effects.extend([Effect::Clear, Effect::Read]);
            }
            Action::Suspend => self.effects.push(Effect::Suspend),
            Action::Quit => self.quit(),
            action if action.writes() && self.context.past.is_some() => {
                past::refuse(&mut self.context);
            }
            action => top(&mut self.checklist, &mut self.above).act(&mut self.context, action),
        }
    }

    /// Reopens the box that the last key closed: that was not Esc, but the start of a key that came
    /// in two parts. Returns whether there was one.
    pub fn reopen(&mut self) -> bool {
        let closed = self.closed.take();
        let Some(closed) = closed.and_then(|mut s| s.reopened(&mut self.context).then_some(s))
        else {
            return false;
        };
        self.context.notice = None;
        self.above.push(closed);
        self.do_requests();
        self.settle();
        true
    }

    /// In a meeting or an open clause, Esc during an error only clears the error.
    fn only_clears(&self, action: Action, notice: Option<&Notice>) -> bool {
        action == Action::Back
            && matches!(self.context.mode(), Mode::Meeting | Mode::Detail)
            && notice.is_some_and(|notice| notice.alarm)
    }

    /// Processes a message; returns the effects for the runtime.
    pub fn receive(&mut self, message: Message) -> Vec<Effect> {
        let context = &mut self.context;
        match message {
            // Every wake-up brings the time, which alone changes no layout.
            Message::Clock(now) => {
                match &mut context.past {
                    Some(past) => past.now = now,
                    None => context.now = now,
                }
                return Vec::new();
            }
            Message::Paste(text) => {
                (context.notice, self.closed) = (None, None);
                top(&mut self.checklist, &mut self.above).paste(context, &text);
            }
            Message::Mouse(pointer) => {
                (context.notice, self.closed) = (None, None);
                top(&mut self.checklist, &mut self.above).point(context, pointer);
            }
            Message::Compared(compared) => {
                // Only if the user has not begun something else meanwhile.
                if matches!(context.mode(), Mode::Browse | Mode::Documents) {
                    context.notice = None;
                    context.ask(Request::Review(compared));
                }
            }
            Message::Filled(filled) => {
                if context.mode() == Mode::Browse {
                    context.notice = None;
                    context.ask(Request::Merge(filled));
                }
            }
            message => {
                if let Message::Edited(_) = message {
                    context.notice = None;
                }
                past::aside(context, |context| messages::receive(context, &message));
                for screen in &mut self.above {
                    screen.receive(context, &message);
                }
            }
        }
        self.do_requests();
        self.go_on();
        self.end_turn()
    }

    /// Replaces the context's document.
    pub fn turn(&mut self, change: impl FnOnce(&mut Context)) {
        change(&mut self.context);
        self.above.clear();
        self.checklist = Checklist::default();
        self.settle();
    }

    fn end_turn(&mut self) -> Vec<Effect> {
        self.do_requests();
        self.settle();
        std::mem::take(&mut self.effects)
    }

    /// Performs the screens' requests in order.
    fn do_requests(&mut self) {
        while !self.context.requests.is_empty() {
            for request in std::mem::take(&mut self.context.requests) {
                self.do_request(request);
                self.note_modes();
            }
        }
    }

    fn do_request(&mut self, request: Request) {
        let context = &mut self.context;
        match request {
            Request::Close => match self.above.pop() {
                Some(screen) => self.closed = Some(screen),
                None => self.checklist.close(),
            },
            Request::Home => {
                self.above.clear();
                self.checklist.close();
            }
            Request::LeaveMeeting => self.above.retain(|s| s.mode() != Mode::Meeting),
            Request::Do(Action::Quit) | Request::Quit => self.quit(),
            Request::Do(Action::Redraw) => self.effects.extend([Effect::Clear, Effect::Read]),
            Request::Do(Action::Suspend) => self.effects.push(Effect::Suspend),
            Request::Do(action) if action.writes() && context.past.is_some() => {
                past::refuse(context);
            }
            Request::Do(action) => {
                top(&mut self.checklist, &mut self.above).act_by_name(context, action);
            }
            Request::Narrow(text) => {
                let mut below = self.above.iter_mut().rev();
                if let Some(screen) = below.find(|s| s.mode() != Mode::Line) {
                    screen.narrow(context, &text);
                }
            }
            Request::Change(body, said) => commands::make(context, body, said),
            Request::Open(name) => self.open_document(name),
            Request::Effect(effect) => self.effects.push(effect),
            request => self.open_screen(request),
        }
    }

    fn open_screen(&mut self, request: Request) {
        let reviews = matches!(request, Request::Review(_));
        if let Some(screen) = screens::open(&mut self.context, request) {
            // It was chosen there, and nothing else remains to choose.
            if reviews {
                self.above.retain(|s| s.mode() != Mode::Documents);
            }
            self.above.push(screen);
        }
    }

    /// Updates the modes of the stack in the context.
    fn note_modes(&mut self) {
        self.checklist.is_past = self.context.past.is_some();
        if self.above.iter().all(|s| s.mode() != Mode::Deadlines) {
            self.context.focus = None;
        }
        let above = self.above.iter().map(|screen| screen.mode());
        self.context.open = std::iter::once(self.checklist.mode())
            .chain(above)
            .collect();
    }

    /// Leaves as soon as all changes are saved, asking first if that failed. Ends a meeting first.
    fn quit(&mut self) {
        let context = &mut self.context;
        if context.meeting.is_some() {
            return context.prompt(Prompting::Minutes);
        }
        match (&context.saving.failed, context.saving.pending.len()) {
            (_, 0) => match context.unkept_question("ask.leave-unkept") {
                Some(text) => {
                    context.notice = None;
                    let yes = Request::Effect(Effect::Quit);
                    context.ask(Request::Ask(Question::new(text, yes)));
                }
                None => self.effects.push(Effect::Quit),
            },
            (None, _) => {
                context.saving.then = Some(Next::Leave);
                context.say(context.lang.text("notice.leaving"));
            }
            (Some(why), n) => {
                let values: [(&str, &dyn std::fmt::Display); 2] = [("n", &n), ("why", why)];
                let text = context.lang.fill("ask.leave-unsaved", &values);
                // The question says why, and its keys need the notice's place.
                context.notice = None;
                let yes = Request::Effect(Effect::Quit);
                context.ask(Request::Ask(Question::new(text, yes)));
            }
        }
    }

    /// Switches to a document as soon as all changes are saved, asking first if that failed. Ends a
    /// meeting first, as leaving does.
    fn open_document(&mut self, name: String) {
        let context = &mut self.context;
        if name == context.name {
            return;
        }
        if context.meeting.is_some() {
            return context.prompt(Prompting::Minutes);
        }
        match (&context.saving.failed, context.saving.pending.len()) {
            (_, 0) => {
                let open = Request::Effect(Effect::Open(name));
                context.ask(match context.unkept_question("ask.open-unkept") {
                    Some(text) => Request::Ask(Question::new(text, open)),
                    None => open,
                });
            }
            (None, _) => context.saving.then = Some(Next::Open(name)),
            (Some(why), n) => {
                let values: [(&str, &dyn std::fmt::Display); 2] = [("n", &n), ("why", why)];
                let text = context.lang.fill("ask.open-unsaved", &values);
                let yes = Request::Effect(Effect::Open(name));
                context.ask(Request::Ask(Question::new(text, yes)));
            }
        }
    }

    /// Continues what waited for the journal, which has written or failed.
    fn go_on(&mut self) {
        let saving = &mut self.context.saving;
        let settled = saving.pending.is_empty() || saving.failed.is_some();
        match saving.then.take_if(|_| settled) {
            // The user has begun something else since, and so has changed their mind.
            Some(_) if self.context.open != [Mode::Browse] => {}
            Some(Next::Open(name)) => self.open_document(name),
            Some(Next::Leave) => self.quit(),
            None => {}
        }
    }

    /// Brings the cursor into view, and limits all scrolling.
    fn settle(&mut self) {
        if let Some(to) = self.context.renew_document() {
            self.above.retain_mut(|screen| screen.renumber(&to));
        }
        self.note_modes();
        let context = &mut self.context;
        commands::settle_steps(context);
        search::freshen(context);
        let height = context.panes().outline.height;
        context.outline.set_height(usize::from(height));
        self.checklist.settle(context);
        for screen in &mut self.above {
            screen.settle(context);
        }
    }

    /// Returns the screen that receives keys.
    pub fn screen_on_top(&self) -> &dyn Screen {
        self.above.last().map_or(&self.checklist, |s| s.as_ref())
    }

    /// Draws the whole screen; returns it, and the position of the text cursor.
    pub fn draw(&self) -> (Buffer, Option<Position>) {
        let (context, (width, height)) = (&self.context, self.context.size);
        let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
        // A theme with a background sets it everywhere.
        let area = buf.area;
        context.look().blank(&mut buf, area);
        let mut cursor = self.checklist.draw(context, &mut buf);
        for screen in &self.above {
            cursor = screen.draw(context, &mut buf);
        }
        let mut above = self.above.iter().rev();
        let extent = above.find_map(|screen| screen.extent(context));
        footer::draw(context, &mut buf, self.screen_on_top(), extent);
        (buf, cursor)
    }
}

/// Returns the screen that receives keys.
fn top<'a>(checklist: &'a mut Checklist, above: &'a mut [Box<dyn Screen>]) -> &'a mut dyn Screen {
    match above.last_mut() {
        Some(screen) => screen.as_mut(),
        None => checklist,
    }
}
