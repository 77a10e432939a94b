using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.Yaml;

namespace Zoetrope.Specs.Pages;

/// <summary>
/// A page of one operation, as sites made with Mintlify export it: a title, prose, and the operation's own OpenAPI in a block of YAML. Its OpenAPI is read as
/// the tree that OpenAPI documents in JSON have, with locations in the page. What the OpenAPI lacks the page says: the title is the operation's summary, and
/// the quoted line below it is its description.
/// </summary>
internal static class OperationPage
{
    /// <summary>Whether a text is such a page.</summary>
    public static bool Is(string text) => OperationBlocks.Find(text).Any();

    /// <summary>The OpenAPI of a text, which is JSON or such a page. A tree without values where there is none, which is reported.</summary>
    /// <param name="text">The text.</param>
    /// <param name="problems">The list that receives problems of the text.</param>
    public static JsonTree Read(string text, List<SpecProblem> problems)
    {
        if (!SpecKinds.LooksLikeJson(text))
            return ReadPage(text, problems);
        var tree = JsonTree.Parse(text);
        problems.AddRange(tree.Problems);
        return tree;
    }

    private static JsonTree ReadPage(string text, List<SpecProblem> problems)
    {
        var empty = JsonTree.Parse("");
        var blocks = OperationBlocks.Find(text).Take(2).ToList();
        if (blocks.Count == 0)
            return empty;
        var block = blocks[0];
        if (blocks.Count > 1)
            problems.Add(Problems.SeveralEndpoints.At(blocks[1].Head, block.Operation ?? "of the first block"));
        if (!block.IsClosed)
            problems.Add(Problems.PageCut.At(PageText.LastCharacter(text), "the OpenAPI of the operation"));
        if (YamlReader.Read(text, block.Start, block.End, problems) is not { } root)
            return empty;
        if (root is not YamlMapping document || document.Find("openapi") is null)
        {
            problems.Add(Problems.OperationPageOlder.At(block.Head));
            return empty;
        }
        if (block.Operation is { } operation && Find(document, operation) is null)
            problems.Add(Problems.OpenApiMissing.At(block.Head, "operation", operation));
        return YamlTree.Of(WithProse(text, block, document));
    }

    /// <summary>The operation of a name, which has the method in lower case.</summary>
    private static YamlMapping? Find(YamlMapping document, string name)
    {
        var words = name.Split(' ');
        return ((document.Find("paths") as YamlMapping)?.Find(words[1]) as YamlMapping)?.Find(words[0].ToLowerInvariant()) as YamlMapping;
    }

    private static YamlMapping WithProse(string text, OperationBlock block, YamlMapping document)
    {
        if (block.Operation is not { } name || Find(document, name) is not { } operation)
            return document;
        var (title, prose) = ProseOf(text, block.Start);
        var members = operation.Members.ToList();
        foreach (var (key, line) in new[] { ("summary", title), ("description", prose) })
        {
            if (line.Length > 0 && operation.Find(key) is null)
                members.Add(new(key, new YamlScalar(JsonStrings.Quote(text.Substring(line.Start, line.Length)), null, line), line));
        }
        var words = name.Split(' ');
        return Replace(document, ["paths", words[1], words[0].ToLowerInvariant()], new(members, operation.Range));
    }

    private static YamlMapping Replace(YamlMapping mapping, string[] path, YamlMapping value) => mapping.Select(member => member.Key != path[0] ? member.Value
        : path.Length == 1 ? value : Replace((YamlMapping)member.Value, path.Skip(1).ToArray(), value));

    /// <summary>The title of a page, and the quoted line that follows it; empty where there is none.</summary>
    private static (TextRange Title, TextRange Prose) ProseOf(string text, int end)
    {
        TextRange title = default;
        foreach (var line in OperationBlocks.LinesBefore(text, end))
        {
            var all = PageText.Trim(text, line.Start, line.Start + line.Length);
            if (all.Length == 0)
                continue;
            var rest = PageText.Trim(text, all.Start + 1, all.Start + all.Length);
            if (title.Length == 0)
            {
                // Files with pages of a whole site name the address of each in such a line.
                if (PageText.At(text, all.Start, "# ") && !PageText.At(text, rest.Start, "Source: "))
                    title = rest;
                continue;
            }
            return (title, text[all.Start] == '>' ? rest : default);
        }
        return (title, default);
    }
}
