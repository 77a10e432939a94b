using System.Collections.Frozen;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Zoetrope.GeneratorBenchmark;

/// <summary>What Roslyn itself takes: as many documents give as many files of the same text, which were written before.</summary>
internal sealed class FloorGenerator : IIncrementalGenerator
{
    private readonly FrozenDictionary<string, (string HintName, Func<string> Text)> _files;

    public FloorGenerator(IEnumerable<AdditionalText> documents, IEnumerable<GeneratedSourceResult> files)
        : this(documents, files.Select(file => (file.HintName, Constant(file.SourceText.ToString()))))
    {
    }

    private FloorGenerator(IEnumerable<AdditionalText> documents, IEnumerable<(string HintName, Func<string> Text)> files) => _files = documents
        .Zip(files, (document, file) => (document.Path, File: file))
        .ToFrozenDictionary(file => file.Path, file => file.File);

    /// <summary>A generator that reads the files of a folder, and so does not keep what it adds a second time.</summary>
    public static FloorGenerator OfFolder(IEnumerable<AdditionalText> documents, string folder) =>
        new(documents, Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(path => (Path.GetFileName(path), Reader(path))));

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var documents = context.AdditionalTextsProvider.Select(static (text, token) => (text.Path, text.GetText(token)!.Length));
        context.RegisterSourceOutput(documents, (output, document) =>
        {
            // Documents of endpoints without a queue give no file.
            if (!_files.TryGetValue(document.Path, out var file))
                return;
            // An edited document is longer, and gives another file.
            output.AddSource(file.HintName, SourceText.From(file.Text() + "// " + document.Length, Encoding.UTF8));
        });
    }

    private static Func<string> Constant(string text) => () => text;

    private static Func<string> Reader(string path) => () => File.ReadAllText(path);
}
