using System.Text.Json;
using Deque.AxeCore.Commons;

namespace Zoetrope.Pages.Tests.Browsers;

/// <summary>What axe finds that keeps people from using a page.</summary>
internal static class Accessibility
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>
    /// The elements with more than one name: a label or a text that is seen, and another name beside it; and the sections whose name is not their heading.
    /// </summary>
    public static Task<IReadOnlyList<string>> NamedTwiceAsync(BrowserWindow window) => window.ValueAsync<IReadOnlyList<string>>(
        """
        [...document.querySelectorAll("[aria-label]")].filter(one => {
          const heading = one.matches("section") ? one.querySelector(":scope > h2") : null;
          const seen = one.labels?.length > 0 || one.matches("button, a, label") && one.innerText.trim() !== "";
          return seen || heading !== null && heading.innerText !== one.ariaLabel;
        }).map(one => one.outerHTML)
        """);

    /// <summary>The violations, each with the elements that have it.</summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(BrowserWindow window)
    {
        await window.Page.EvaluateExpressionAsync(Script);
        var violations = await window.ValueAsync<JsonElement>(
            """
            axe.run(document, { rules: { "label-content-name-mismatch": { enabled: true } } })
              .then(found => found.violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(node => node.html) })))
            """);
        return [.. violations.EnumerateArray().Select(violation =>
            $"{violation.GetProperty("id")}: {violation.GetProperty("help")}: {violation.GetProperty("nodes")}")];
    }
}
