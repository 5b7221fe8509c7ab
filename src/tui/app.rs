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
        // Under a notice, or while text is typed, it was not visible yet.
        if notice.is_none() && !self.context.mode().is_typing() {
            self.context.news = None;
        }
        if self.context.opening && matches!(action, Action::Back | Action::Quit) {
            self.context.opening = false;
            self.context
                .say(self.context.lang.text("notice.opening-stopped"));
        } else if !self.only_clears(action, notice.as_ref()) {
            self.perform(action, false);
            self.do_requests();
            self.context.say_opening();
        }
        let effects = self.end_turn();
        self.closed.take_if(|_| action != Action::Back);
        effects
    }

    /// Performs an action, typed as a key or by its name.
    fn perform(&mut self, action: Action, by_name: bool) {
        match action {
            Action::Redraw => {
                search::ask_again(&mut self.context);
                self.effects.extend([Effect::Clear, Effect::Read]);
            }
            Action::Suspend => self.effects.push(Effect::Suspend),
            Action::Quit => self.leave(Next::Leave),
            Action::Unbound(key) => self.context.say_unbound(key),
            action if action.writes() && self.context.past.is_some() => {
                past::refuse(&mut self.context);
            }
            action => {
                let top = top(&mut self.checklist, &mut self.above);
                if by_name {
                    top.act_by_name(&mut self.context, action);
                } else {
                    top.act(&mut self.context, action);
                }
            }
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
            Request::Quit => self.leave(Next::Leave),
            Request::Do(action) => self.perform(action, true),
            Request::Narrow(text) => {
                let mut below = self.above.iter_mut().rev();
                if let Some(screen) = below.find(|s| s.mode() != Mode::Line) {
                    screen.narrow(context, &text);
                }
            }
            Request::Change(body, said) => commands::make(context, body, said),
            Request::Open(name) => self.leave(Next::Open(name)),
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

    /// Leaves, or switches to another document, as soon as all changes are saved; asks first if that
    /// failed. Ends a meeting first.
    fn leave(&mut self, next: Next) {
        let context = &mut self.context;
        let (effect, unkept, unsaved) = match &next {
            Next::Leave => (Effect::Quit, "ask.leave-unkept", "ask.leave-unsaved"),
            Next::Open(name) if *name == context.name => return,
            Next::Open(name) => {
                let open = Effect::Open(name.clone());
                (open, "ask.open-unkept", "ask.open-unsaved")
            }
        };
        if context.meeting.is_some() {
            return context.prompt(Prompting::Minutes);
        }
        let question = match (&context.saving.failed, context.saving.pending.len()) {
            (_, 0) => context.unkept_question(unkept),
            (None, _) => {
                if next == Next::Leave {
                    context.say(context.lang.text("notice.leaving"));
                }
                context.saving.then = Some(next);
                return;
            }
            (Some(why), n) => {
                let values: [(&str, &dyn std::fmt::Display); 2] = [("n", &n), ("why", why)];
                Some(context.lang.fill(unsaved, &values))
            }
        };
        let yes = Request::Effect(effect);
        let Some(text) = question else {
            return context.ask(yes);
        };
        // The question says why, and its keys need the notice's place.
        context.notice = None;
        context.ask(Request::Ask(Question::new(text, yes)));
    }

    /// Continues what waited for the journal, which has written or failed.
    fn go_on(&mut self) {
        let saving = &mut self.context.saving;
        let settled = saving.pending.is_empty() || saving.failed.is_some();
        match saving.then.take_if(|_| settled) {
            // The user has begun something else since, and so has changed their mind.
            Some(_) if self.context.open != [Mode::Browse] => {}
            Some(next) => self.leave(next),
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
        // A theme with a background sets it everywhere.
        let blank = context.look().blank_cell();
        let mut buf = Buffer::filled(Rect::new(0, 0, width, height), blank);
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
