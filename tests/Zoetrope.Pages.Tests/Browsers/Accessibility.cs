using System.Text.Json;
using Deque.AxeCore.Commons;

namespace Zoetrope.Pages.Tests.Browsers;

/// <summary>What axe finds that keeps people from using a page.</summary>
internal static class Accessibility
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>The violations, each with the elements that have it.</summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(BrowserWindow window)
    {
        await window.Page.EvaluateExpressionAsync(Script);
        var violations = await window.ValueAsync<JsonElement>(
            "axe.run(document).then(found => found.violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(node => node.html) })))");
        return [.. violations.EnumerateArray().Select(violation =>
            $"{violation.GetProperty("id")}: {violation.GetProperty("help")}: {violation.GetProperty("nodes")}")];
    }
}
