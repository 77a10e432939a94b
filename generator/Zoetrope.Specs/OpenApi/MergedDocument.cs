using System.Text;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Pages;

namespace Zoetrope.Specs.OpenApi;

/// <summary>A problem in one of several documents.</summary>
/// <param name="Document">The number of the document.</param>
/// <param name="Problem">What is wrong.</param>
public sealed record DocumentProblem(int Document, SpecProblem Problem);

/// <summary>
/// Several OpenAPI documents or pages of one API as one document. Title, servers and security are those of the first; an operation of a document that states
/// others keeps them. Everything can be located in the document that it comes from.
/// </summary>
public sealed class MergedDocument
{
    private readonly List<JsonNode> _roots = [];
    private readonly List<DocumentProblem> _problems = [];
    private readonly MergedComponents _components = new();
    private readonly MergedItems _paths;
    private readonly MergedItems _webhooks;

    /// <summary>Merges documents. Those that cannot be read are left out; reading them reports why.</summary>
    /// <param name="texts">The documents.</param>
    public MergedDocument(IReadOnlyList<string> texts)
    {
        _roots.AddRange(texts.Select(static text => OperationPage.Read(text, []).Root));
        _paths = new(_roots, "paths");
        _webhooks = new(_roots, "webhooks", "x-webhooks");
        for (var i = 0; i < _roots.Count; i++)
            _components.Add(_roots[i], pointer => _paths.IsRewritten(pointer));
        Text = Write();
        for (var i = 0; i < _roots.Count; i++)
            _problems.AddRange(_components.Problems(i).Select(problem => new DocumentProblem(i, problem)));
    }

    /// <summary>The merged document, as JSON.</summary>
    public string Text { get; }

    /// <summary>What the documents contradict each other in.</summary>
    public IReadOnlyList<DocumentProblem> Problems => _problems;

    /// <summary>The document that says what is at a pointer into the merged one, and the pointer there.</summary>
    /// <param name="pointer">A pointer into the merged document.</param>
    public (int Document, string Pointer) Find(string pointer)
    {
        var found = (Document: 0, Pointer: pointer);
        var least = int.MaxValue;
        for (var i = 0; i < _roots.Count; i++)
        {
            if (_components.Original(i, pointer) is { } original)
                return (i, original);
            var there = _paths.Original(i, pointer) ?? _webhooks.Original(i, pointer) ?? pointer;
            var missing = Missing(_roots[i], there);
            if (missing < least)
                (found, least) = ((i, there), missing);
        }
        return found;
    }

    /// <summary>How much of a pointer leads to nothing.</summary>
    private static int Missing(JsonNode root, string pointer)
    {
        var length = pointer.Length;
        while (pointer.Length > 0 && !JsonPointer.TryResolve(root, pointer, out _))
            pointer = pointer.Substring(0, Math.Max(pointer.LastIndexOf('/'), 0));
        return length - pointer.Length;
    }

    private string Write()
    {
        var json = new StringBuilder("{");
        var first = _roots.FindIndex(root => root.IsObject);
        foreach (var name in new[] { "openapi", "info", "servers" })
        {
            if (first >= 0 && _roots[first][name] is { Exists: true } member)
                json.Append(JsonStrings.Quote(name)).Append(':').Append(member.Raw).Append(',');
        }
        var paths = new MergedPaths(_roots, first, _components, _problems);
        if (first >= 0 && _roots[first]["security"].IsArray)
            json.Append("\"security\":").Append(paths.Security).Append(',');
        json.Append("\"paths\":{");
        paths.Write(json, _paths);
        json.Append("},");
        WriteWebhooks(json);
        json.Append("\"components\":");
        _components.Write(json);
        return json.Append('}').ToString();
    }

    private void WriteWebhooks(StringBuilder json)
    {
        var written = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var (document, name, at) in _webhooks)
        {
            if (written.TryGetValue(name, out var other))
            {
                if (!other.Same(at.Node))
                    _problems.Add(new(document, Diagnostics.Problems.DescribedTwice.AtPointer(at.Pointer, "webhook " + name)));
                continue;
            }
            json.Append(written.Count == 0 ? "\"webhooks\":{" : ",").Append(JsonStrings.Quote(name)).Append(':');
            written.Add(name, at.Node);
            _components.Write(json, document, at.Node);
        }
        json.Append(written.Count == 0 ? "" : "},");
    }
}
