// Puts a button that copies behind each way to cite; without script, or where no page may copy, there is none.
if (navigator.clipboard) for (const text of document.querySelectorAll(".cite dd")) {
  const words = text.closest(".cite").dataset, citation = text.textContent;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(citation);
    button.textContent = words.copied;
    setTimeout(() => { button.textContent = words.copy; }, 2000);
  });
  text.append(" ", button);
}
