/* Saving what is drawn: as it is seen (PNG), or all of it at full size (SVG). */
const fileName = (ending) => `${data.title.replace(/[\\/:*?"<>|\u0000-\u001f]/g, "_").slice(0, 80)}.${ending}`;
function download(blob, ending) {
  const link = el("a", { href: URL.createObjectURL(blob), download: fileName(ending) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
/* The canvas has no ground of its own; a picture needs one. */
function savePng() {
  const from = stage.querySelector("canvas");
  const to = el("canvas", { width: from.width, height: from.height });
  const ctx = to.getContext("2d");
  ctx.fillStyle = picture.colours.ground;
  ctx.fillRect(0, 0, to.width, to.height);
  ctx.drawImage(from, 0, 0);
  to.toBlob((blob) => download(blob, "png"));
}
const saveSvg = () => download(new Blob([svgPicture()], { type: "image/svg+xml" }), "svg");

const saveMenu = byId("save-menu");
function openSave(on) {
  saveMenu.hidden = !on;
  byId("save").setAttribute("aria-expanded", String(on));
  if (on) byId("save-png").focus();
}
byId("save").addEventListener("click", () => openSave(saveMenu.hidden));
byId("save-png").addEventListener("click", () => (openSave(false), savePng()));
byId("save-svg").addEventListener("click", () => (openSave(false), saveSvg()));
saveMenu.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    (document.activeElement === byId("save-png") ? byId("save-svg") : byId("save-png")).focus();
    event.preventDefault();
  } else if (event.key === "Escape") {
    openSave(false);
    byId("save").focus();
    event.stopPropagation();
  }
});
document.addEventListener("pointerdown", (event) => {
  if (!saveMenu.hidden && !event.target.closest("#zoom, #save-menu")) openSave(false);
});
