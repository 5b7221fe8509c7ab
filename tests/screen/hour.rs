//! An hour of work on a real terminal, key by key: `PyYAML` must find in the journal exactly what
//! was typed.

use crate::command::{Home, surround};
use crate::pty::{Manner, Pty};
use serde_json::{Value, json};
use std::{path::Path, process::Command};

const DOWN: &str = "\x1b[B";

/// Someone at work, and the expected journal: a list of edits per line.
struct Hour {
    pty: Pty,
    wanted: Vec<Value>,
}

impl Hour {
    fn open(home: &Home) -> Self {
        let kouan = Path::new(env!("CARGO_BIN_EXE_kouan"));
        let args = ["--lang", "zh-CN", "--ambiguous-width", "narrow"];
        let pty = Pty::start(kouan, &args, (110, 32), Manner::Answers, |command| {
            surround(&home.path(""), |name, value| command.env(name, value));
            command.env("EDITOR", home.path("editor"));
            command.cwd(home.path(""));
        });
        pty.wait_for("已保存");
        let wanted = Vec::new();
        Self { pty, wanted }
    }

    /// Goes to a clause by number.
    fn to(&self, id: &str) {
        self.pty.send(&format!(":{id}"));
        self.pty.wait_for(&format!(":{id}"));
        self.pty.send("\r");
        self.pty.wait_for(&format!("{id}  "));
    }

    /// Presses keys, waits for a text on the screen, and records the expected edits.
    fn does(&mut self, keys: &str, said: &str, edits: Value) {
        self.pty.send(keys);
        self.pty.wait_for(said);
        self.wanted.push(edits);
    }

    /// Presses keys that change nothing.
    fn sees(&self, keys: &str, said: &str) {
        self.pty.send(keys);
        self.pty.wait_for(said);
    }
}

/// Statuses by letters, digits and arrows; with a reason if asked for.
fn statuses(hour: &mut Hour) {
    hour.to("1.1");
    let status = |id: &str, status: &str| json!([{"clause": id, "status": status}]);
    hour.does(" ", "1.1 -> 已完成", status("1.1", "done"));
    hour.does("sc", "1.1 -> 已销号", status("1.1", "closed"));
    hour.sees(" ", "1  [ ] 未启动");
    hour.sees("\r", "已经是“已销号”");
    hour.to("1.2");
    hour.does("s2", "1.2 -> 推进中", status("1.2", "doing"));
    hour.does(" ", "1.2 -> 已完成", status("1.2", "done"));
    hour.does(" ", "1.2 -> 推进中", status("1.2", "doing"));
    hour.to("2.1");
    let down = DOWN.repeat(4);
    hour.does(
        &format!("s{down}\r"),
        "2.1 -> 持续推进",
        status("2.1", "ongoing"),
    );
    hour.to("3.1");
    hour.sees("sc", "只有已完成");
    hour.sees("sb", "请写明原因");
    hour.does(
        "等待海关总署部署\r",
        "3.1 -> 受阻",
        json!([{"clause": "3.1", "status": "blocked", "remark": "等待海关总署部署", "kind": "problem"}]),
    );
    hour.to("4.1");
    hour.sees("s7", "请写明原因");
    hour.does(
        "机构改革，职责已划转\r",
        "4.1 -> 不再实施",
        json!([{"clause": "4.1", "status": "dropped", "remark": "机构改革，职责已划转"}]),
    );
}

/// Deadlines in all their forms, on 23 November 2026; and owners.
fn deadlines_and_owners(hour: &mut Hour) {
    hour.to("5.1");
    for (typed, due) in [
        ("2026-12-31", json!("2026-12-31")),
        ("12-30", json!("2026-12-30")),
        ("月底", json!("2026-11-30")),
        ("年底", json!("2026-12-31")),
        ("+2w", json!("2026-12-07")),
        ("长期", json!("long")),
        ("", Value::Null),
    ] {
        hour.sees("d\x15", "期限  5.1");
        let said = match &due {
            Value::String(day) if day == "long" => "5.1 -> 长期".to_owned(),
            Value::String(day) => format!("5.1 -> {day}"),
            _ => "5.1 -> 无期限".to_owned(),
        };
        hour.does(
            &format!("{typed}\r"),
            &said,
            json!([{"clause": "5.1", "due": due}]),
        );
    }
    hour.sees("d2026-02-30\r", "是否指 2026-02-28");
    hour.sees("\x1b", "空格 勾选");
    hour.sees("o", "联系人  5.1");
    let owner = |id: &str, name: &str| json!([{"clause": id, "owner": name}]);
    hour.does(
        "张三 66666666\r",
        "5.1 -> 张三",
        owner("5.1", "张三 66666666"),
    );
    hour.to("5.2");
    hour.sees("o张\t", "张三 66666666");
    hour.does("\r", "5.2 -> 张三", owner("5.2", "张三 66666666"));
}

/// Remarks: lines, kinds, editing keys, a paste, a draft, the user's editor, and text that is hard
/// to show.
fn remarks(hour: &mut Hour) {
    let remark = |id: &str, text: &str| json!([{"clause": id, "remark": text}]);
    let of_kind =
        |id: &str, text: &str, kind: &str| json!([{"clause": id, "remark": text, "kind": kind}]);
    hour.to("6.1");
    hour.sees("r", "Enter 保存");
    hour.sees("第一行\n第二行\x1b\r第三行", "第三行");
    hour.does(
        "\r",
        "6.1 已记进展",
        remark("6.1", "第一行\n第二行\n第三行"),
    );
    // Deletes a word and restores it; deletes another.
    hour.sees("r推动天津海关加强工作", "加强工作");
    hour.pty.send("\x17");
    hour.pty.wait_gone("加强工作");
    hour.sees("\x1f", "加强工作");
    hour.sees("\x17\x17\t", "问题");
    hour.does(
        "协作\r",
        "6.1 已记问题",
        of_kind("6.1", "推动天津海关协作", "problem"),
    );
    hour.sees("r\x1b[200~粘贴的 q\r第二行 u\x1b[201~\t\t", "下一步");
    hour.does(
        "\r",
        "6.1 已记下一步",
        of_kind("6.1", "粘贴的 q\n第二行 u", "next"),
    );
    hour.sees("r未写完的话\x1b", "草稿已保留");
    hour.to("7.1");
    hour.sees("r", "Enter 保存");
    hour.sees("\x0f", "编辑器写的");
    hour.does("\r", "7.1 已记", remark("7.1", "编辑器写的\n两行"));
    hour.to("6.1");
    hour.sees("r", "未写完的话");
    hour.does(
        "，写完了\r",
        "6.1 已记",
        remark("6.1", "未写完的话，写完了"),
    );
    hour.to("8.1");
    for text in [
        "👨‍👩‍👧",
        "שלום עולם",
        "“两证合一”‘试点’—…①",
        "- {a: b} # c: [d]",
    ] {
        hour.sees("r", "Enter 保存");
        hour.does(&format!("{text}\r"), "8.1 已记", remark("8.1", text));
    }
}

/// Steps, marks, undo and redo.
fn the_rest(hour: &mut Hour) {
    hour.to("9.1");
    hour.sees("a", "步骤  9.1");
    hour.does(
        "联系企业\r",
        "9.1 新增步骤：联系企业",
        json!([{"clause": "9.1", "text": "联系企业"}]),
    );
    hour.to("10.1");
    hour.sees("vvv", "已标记 3 款");
    hour.sees("d", "期限  3 款");
    let due = |id: &str| json!({"clause": id, "due": "2026-12-31"});
    hour.does(
        "年底\r",
        "10.1 等 3 款",
        json!([due("10.1"), due("10.2"), due("10.3")]),
    );
    hour.does("u", "已撤销", json!("retract"));
    hour.does("\x12", "已重做", json!("retract"));
    hour.sees("/@民航天津监管局", "1 款");
    hour.sees("\r", "显示 1/42");
    hour.sees("V", "已标记 1 款");
    hour.sees("r", "14.1");
    hour.does(
        "批量\r",
        "14.1 已记",
        json!([{"clause": "14.1", "remark": "批量"}]),
    );
}

/// Reads the journal like any program: a list of edits per line.
const READ: &str = "
import json, sys, yaml
lines = yaml.safe_load(open(sys.argv[1], encoding='utf-8'))
drop = ('at', 'by', 'session', 'id', 'step', 'clock')
def edits(line):
    assert line['by'] == 'zhangsan', line
    if 'retract' in line:
        return 'retract'
    kept = line.get('edits') or [line]
    return [{k: v for k, v in edit.items() if k not in drop} for edit in kept]
print(json.dumps([edits(line) for line in lines], default=str))
";

#[test]
fn the_journal_has_what_was_typed() {
    let python = |args: &[&str]| Command::new("python3").args(args).output();
    if !python(&["-c", "import yaml"]).is_ok_and(|o| o.status.success()) {
        assert!(std::env::var_os("KOUAN_CI").is_none(), "PyYAML is missing");
        println!("skipped: there is no python3 with PyYAML");
        return;
    }
    let home = Home::new();
    let editor = home.write(
        "editor",
        "#!/bin/sh\nprintf '编辑器写的\\n两行\\n' > \"$1\"\n",
    );
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&editor, mode).unwrap();
    let mut hour = Hour::open(&home);
    statuses(&mut hour);
    deadlines_and_owners(&mut hour);
    remarks(&mut hour);
    the_rest(&mut hour);
    hour.pty.wait_for("已保存");
    hour.pty.send("q");
    assert!(hour.pty.wait_end().success());
    let journal = home.journal();
    let out = python(&["-c", READ, journal.to_str().unwrap()]).unwrap();
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    let found: Vec<Value> = serde_json::from_slice(&out.stdout).unwrap();
    for (nth, (found, wanted)) in found.iter().zip(&hour.wanted).enumerate() {
        assert_eq!(found, wanted, "line {nth}");
    }
    assert_eq!(found.len(), hour.wanted.len());
}
