using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Pages.Eachlabs;

/// <summary>Reads the JSON in the code blocks of Eachlabs' pages.</summary>
internal sealed class EachlabsExamples(string text, List<SpecProblem> problems)
{
    private const string Fence = "```";

    /// <summary>The example request: the model that it names and its input. The body is in a curl command, or alone.</summary>
    public (string? Model, JsonLiteral? Input) ReadRequest(EachlabsSection? section)
    {
        if (section is not { } found)
            return default;
        var data = PageText.Find(text, "-d '", found.Start, found.End);
        var start = data >= 0 ? data + 4 : PageText.Find(text, "```json", found.Start, found.End) is var fence and >= 0 ? fence + 7 : -1;
        var end = start < 0 ? -1 : PageText.Find(text, Fence, start, found.End);
        if (end < 0)
            return default;
        // The shell's way to write an apostrophe inside apostrophes; JSON has no use for either form elsewhere.
        var body = text.Substring(start, end - start).Replace("'\\''", "'");
        var tree = JsonTree.ParseValue(body, 0, body.Length);
        if (!tree.IsValid)
        {
            problems.Add(Problems.PageBadExample.At(start, Math.Min(1, end - start), tree.Problems[0].Message));
            return default;
        }
        return (tree.Root["model"].String, tree.Root["input"] is { Exists: true } input ? input.ToLiteral() : null);
    }

    /// <summary>The JSON of a section's first JSON block; not there when the section has none or is cut off inside it.</summary>
    public JsonNode ReadFence(EachlabsSection? section)
    {
        if (section is not { } found)
            return default;
        var start = PageText.Find(text, "```json", found.Start, found.End);
        if (start < 0 || PageText.Find(text, Fence, start + 7, found.End) is not (var end and >= 0))
            return default;
        var tree = JsonTree.ParseValue(text, start + 7, end);
        if (tree.IsValid)
            return tree.Root;
        problems.Add(Problems.PageBadExample.At(tree.Problems[0].Start, tree.Problems[0].Length, tree.Problems[0].Message));
        return default;
    }
}
