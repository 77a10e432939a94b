using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Zoetrope.GeneratorBenchmark;

/// <summary>A document as the compiler hands it to the generator.</summary>
internal sealed class DocumentText(string path, string content) : AdditionalText
{
    private readonly SourceText _text = SourceText.From(content, Encoding.UTF8);

    public override string Path => path;

    public string Content => content;

    public long Bytes => Encoding.UTF8.GetByteCount(content);

    public override SourceText GetText(CancellationToken cancellationToken = default) => _text;

    /// <summary>The first documents of a folder, by name.</summary>
    public static ImmutableArray<DocumentText> OfFolder(string folder, int count) =>
        [.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Take(count).Select(path => new DocumentText(path, File.ReadAllText(path)))];

    /// <summary>As many documents as are wanted: those of a folder, and then the same again for other endpoints.</summary>
    public static ImmutableArray<DocumentText> Copies(string folder, int count)
    {
        var documents = OfFolder(folder, count);
        return [.. Enumerable.Range(0, count).Select(index => documents[index % documents.Length].Copy(index / documents.Length))];
    }

    private DocumentText Copy(int number)
    {
        if (number == 0)
            return this;
        const string place = "\"endpointId\": \"";
        var start = content.IndexOf(place, StringComparison.Ordinal) + place.Length;
        var endpoint = content[start..content.IndexOf('"', start)];
        return new DocumentText(
            System.IO.Path.ChangeExtension(path, $"copy-{number}.json"), content.Replace(endpoint, $"{endpoint}-copy-{number}", StringComparison.Ordinal));
    }

    /// <summary>The same document with more properties in its first schema: an edit that changes what is generated.</summary>
    public DocumentText WithMoreProperties(int number)
    {
        const string place = "\"properties\":";
        var at = content.LastIndexOf("Input\":", StringComparison.Ordinal);
        at = content.IndexOf(place, Math.Max(at, 0), StringComparison.Ordinal);
        at = content.IndexOf('{', at) + 1;
        return new DocumentText(
            path,
            content.Insert(at, string.Concat(Enumerable.Range(0, number).Select(index => $"\"edited_{number}_{index}\":{{\"type\":\"string\"}},"))));
    }
}

/// <summary>Every additional file is a document; the project is called Generated.</summary>
/// <param name="rules">What becomes of rules in words; null as where a project says nothing.</param>
internal sealed class DocumentOptions(string? rules = null) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(("build_property.RootNamespace", "Generated"));

    private readonly Values _ofFiles = new(
        ("build_metadata.AdditionalFiles.ZoetropeSpec", "true"), ("build_metadata.AdditionalFiles.Rules", rules ?? ""));

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Values();

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => _ofFiles;

    private sealed class Values(params (string Name, string Value)[] values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = values.FirstOrDefault(pair => pair.Name == key).Value;
            return value is not null;
        }
    }
}
