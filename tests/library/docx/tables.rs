//! Tables: task tables become items, others rows.

use super::{
    build::{Docx, p, table},
    lines, read, told,
};

#[test]
fn a_row_becomes_an_item_in_the_words_of_its_heads() {
    let body = table(&[
        &["序 号", "工作任务", "责任单位", "完成时限"],
        &["1", "推行一网通办", "市商务局|市数据局", "6月底前"],
        &["02", "公布清单。", "市发改委、|市财政局", "—"],
        &["3", "无人负责的", "/", "年底"],
    ]);
    assert_eq!(
        lines(Docx::new(&body).bytes()),
        [
            "1.推行一网通办（责任单位：市商务局、市数据局；完成时限：6月底前）",
            "2.公布清单。（责任单位：市发改委、市财政局）",
            "3.无人负责的（完成时限：年底）",
        ]
    );
}

#[test]
fn joined_cells_hold_for_each_row_and_a_joined_number_for_one_measure() {
    let body = table(&[
        &["序号", "重点任务", "具体措施", ">2 责任单位[v]", "备注"],
        &["^", "^", "^", "牵头单位", "配合单位", "^"],
        &[
            "1[v]",
            "优化流程[v]",
            "减材料",
            "市商务局[v]",
            "某市海关",
            "",
        ],
        &["^", "^", "减时间", "^", "市数据局", "试点"],
        &["2", "降低成本[v]", "减收费", "市发改委", "", ""],
        &["3", "^", "减项目", "市财政局", "", ""],
    ]);
    assert_eq!(
        lines(Docx::new(&body).bytes()),
        [
            "1.优化流程。减材料（牵头单位：市商务局；配合单位：某市海关）",
            "减时间。备注：试点（牵头单位：市商务局；配合单位：市数据局）",
            "2.降低成本。减收费（牵头单位：市发改委）",
            "3.降低成本。减项目（牵头单位：市财政局）",
        ]
    );
}

#[test]
fn headings_titles_repeated_heads_and_a_table_over_two_pages() {
    let first = table(&[
        &[">4 某市重点任务分工表"],
        &[
            "序号",
            "任务内容",
            "责任单位（排在第一位的为牵头单位）",
            "时间节点",
        ],
        &[">4 一、优化流程"],
        &["1", "减材料", "市商务局、某市海关", "长期"],
    ]);
    let second = table(&[
        &["2", "减时间", "某市海关、市商务局", "长期"],
        &[
            "序号",
            "任务内容",
            "责任单位（排在第一位的为牵头单位）",
            "时间节点",
        ],
    ]);
    let third = table(&[&["3", "减收费", "市发改委", "长期"]]);
    let body = [first, p(""), second, p("说明"), third].concat();
    let source = read(Docx::new(&body).bytes());
    let text: Vec<&str> = source.text.lines().filter(|l| !l.is_empty()).collect();
    assert_eq!(
        text,
        [
            "某市重点任务分工表",
            "一、优化流程",
            "1.减材料（责任单位：市商务局、某市海关。排在第一位的为牵头单位；时间节点：长期）",
            "2.减时间（责任单位：某市海关、市商务局；时间节点：长期）",
            "说明",
            "3\t减收费\t市发改委\t长期",
        ]
    );
    assert_eq!(
        told(&source),
        "task tables: 2, read as one item per row\nother tables: 1, read as one paragraph per row"
    );
}

#[test]
fn other_tables_are_rows_and_frames_are_paragraphs() {
    let inner = table(&[&["内一", "内二"]]);
    let frame = format!(
        "<w:tbl><w:tr><w:tc>{}{inner}{}</w:tc></w:tr></w:tbl>",
        p("甲"),
        p("乙")
    );
    let body = [table(&[&["姓名", "电话"], &["张三", ""]]), frame].concat();
    assert_eq!(
        lines(Docx::new(&body).bytes()),
        ["姓名\t电话", "张三", "甲", "内一\t内二", "乙"]
    );
}

#[test]
fn a_deleted_row_is_left_out() {
    let rows = table(&[
        &["工作", "责任单位"],
        &["甲", "市商务局"],
        &["乙", "市商务局"],
    ]);
    let body = rows
        .replacen("<w:tr>", "<w:tr X>", 2)
        .replacen("<w:tr X>", "<w:tr>", 1);
    let body = body.replacen("<w:tr X>", "<w:tr><w:trPr><w:del/></w:trPr>", 1);
    let source = read(Docx::new(&body).bytes());
    assert_eq!(source.text, "乙（责任单位：市商务局）\n");
    assert!(told(&source).contains("tracked deletions: 1"));
}
