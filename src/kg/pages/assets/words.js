/* What the page itself says, in both languages; names of types and relations come from the ontology. */
const WORDS = {
  search: ["搜索名称、别名、拼音，如 hzgx", "Search name, alias or pinyin"],
  searchLabel: ["搜索实体", "Search entities"],
  hits: ["搜索结果", "Results"],
  noHits: ["没有找到；可换别名、拼音或首字母再试", "Nothing found; try an alias, pinyin or initials"],
  filter: ["筛选", "Filter"],
  view: ["查看方式", "View"],
  graph: ["图谱", "Graph"],
  list: ["列表", "List"],
  language: ["EN", "中"],
  languageLabel: ["Switch to English", "切换为中文"],
  graphLabel: [
    "关系图。方向键沿关系移动，回车聚焦，退格返回，Esc 关闭；完整内容见列表。",
    "Graph of relations. Arrow keys walk along them, Enter focuses, Backspace goes back, Esc closes; the list has all.",
  ],
  hint: [
    "点击节点或连线，看每条事实的原文依据；双击只看邻居",
    "Click a node or line for the sentences behind it; double click to focus",
  ],
  zoom: ["缩放", "Zoom"],
  zoomIn: ["放大", "Zoom in"],
  zoomOut: ["缩小", "Zoom out"],
  zoomFit: ["显示全部", "Fit all"],
  save: ["保存图片", "Save picture"],
  savePng: ["所见画面（PNG）", "As seen (PNG)"],
  saveSvg: ["完整矢量图（SVG）", "All of it (SVG)"],
  panel: ["详情", "Details"],
  close: ["关闭", "Close"],
  back: ["返回", "Back"],
  focus: ["只看邻居", "Focus"],
  connect: ["找关联", "Find connection"],
  seek: ["与「{0}」有什么关联？输入另一个实体", "How is {0} connected to …?"],
  steps: ["{0} 步", "{0} steps"],
  apart: ["按当前筛选，图中没有把两者连起来的事实", "No facts shown connect the two"],
  focusEnd: ["显示全部", "Show all"],
  focused: ["聚焦：{0}（{1} 个邻居）", "Focus: {0} ({1} neighbours)"],
  counts: [
    "{0} 个实体 · {1} 条关系 · {2} 项数据 · {3} 篇文档",
    "{0} entities · {1} relations · {2} figures · {3} documents",
  ],
  whole: ["全图 {0} 个实体中的 {1} 个", "{1} of the graph's {0} entities"],
  drawn: ["图上画出 {0} 个，其余可搜索打开", "{0} drawn, search opens the others"],
  entities: ["实体", "Entities"],
  types: ["类型", "Types"],
  relations: ["关系", "Relations"],
  statuses: ["状态", "Status"],
  papers: ["文档", "Documents"],
  years: ["年份", "Years"],
  yearFrom: ["起始年份", "First year"],
  yearTo: ["截止年份", "Last year"],
  undated: ["无年份", "Undated"],
  confidences: ["置信度", "Confidence"],
  unmeasured: ["未测", "Not measured"],
  below: ["{0}% 以下", "Below {0}%"],
  from: ["{0}% 以上", "{0}% and more"],
  left: ["余 {0} 个实体 · {1} 条关系 · {2} 项数据", "{0} entities · {1} relations · {2} figures left"],
  clear: ["清除筛选", "Clear filters"],
  said: ["当前所在", "Where one is"],
  leftLabel: ["筛选结果", "What the filters leave"],
  opened: ["{0}，{1}，{2} 条关系", "{0}, {1}, {2} relations"],
  all: ["全选", "All"],
  none: ["全不选", "None"],
  stated: ["已述事实", "stated"],
  facts: ["关系与原文", "Relations and sentences"],
  figures: ["数据", "Figures"],
  mention: ["出处", "Named in"],
  aliases: ["又称", "Also"],
  indicator: ["指标", "Indicator"],
  value: ["数值", "Value"],
  period: ["时期", "Period"],
  growth: ["增长", "Growth"],
  rank: ["位次", "Rank"],
  status: ["状态", "Status"],
  subject: ["主体", "Subject"],
  relation: ["关系", "Relation"],
  object: ["对象", "Object"],
  name: ["名称", "Name"],
  type: ["类型", "Type"],
  degree: ["关系数", "Relations"],
  by: ["（{0}）", " ({0})"],
  place: ["第{0}", "No.\u00a0{0}"],
  held: ["未成事实，仅见于陈述", "claimed only, not held as a fact"],
  voided: ["不成立", "does not hold"],
  rule: ["规则", "rule"],
  confidence: ["置信度", "confidence"],
  statedBy: ["{0}称", "says {0}"],
  noQuote: ["图中没有这条的原文", "No sentence is given for this"],
  cite: ["复制引文", "Copy citation"],
  copied: ["已复制", "Copied"],
  more: ["再显示 {0} 条", "{0} more"],
  inbound: ["被{0}", "{0} of"],
  legend: ["虚线为计划或目标，点线为不成立", "Dashed: planned or target. Dotted: does not hold."],
};
let language = 0;
const word = (key, ...values) => {
  const text = WORDS[key][language].replace(/\{(\d)\}/g, (_, i) => grouped(values[Number(i)]));
  return language ? text.replace(SINGULAR, (_, one, many) => `${one} ${ONE[many]}`) : text;
};
/* A count with its digits in groups of three, from five on. */
const grouped = (value) =>
  typeof value === "number" && value > 9999 ? String(value).replace(/\B(?=(\d{3})+$)/g, ",") : String(value);
/* English nouns that follow a number. */
const ONE = {
  entities: "entity",
  relations: "relation",
  figures: "figure",
  documents: "document",
  neighbours: "neighbour",
  steps: "step",
};
const SINGULAR = new RegExp(`(?<![\\d.,])(1) (${Object.keys(ONE).join("|")})\\b`, "g");
const indicatorOf = (figure) => (language && figure.english) || figure.indicator;
const term = (group, name) => (data.words[group][name] || [name, name])[language];
const statusName = (status) => (status ? term("statuses", status) : word("stated"));
const nameOf = (node) => (language && node.english) || node.name;

/* A relation read from its end: the ontology's inverse where there is one. */
function relationName(relation, forward) {
  const found = data.words.relations[relation] || [relation, relation];
  if (forward) return found[language];
  return found.length > 2 ? found[2 + language] : word("inbound", found[language]);
}
