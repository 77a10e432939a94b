using System.Collections.Frozen;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Zoetrope.GeneratorBenchmark;

/// <summary>What Roslyn itself takes: as many documents give as many files of the same text, which were written before.</summary>
internal sealed class FloorGenerator : IIncrementalGenerator
{
    private readonly FrozenDictionary<string, (string HintName, string Text)> _files;

    public FloorGenerator(IEnumerable<AdditionalText> documents, IEnumerable<GeneratedSourceResult> files) => _files = documents
        .Zip(files, (document, file) => (document.Path, file.HintName, Text: file.SourceText.ToString()))
        .ToFrozenDictionary(file => file.Path, file => (file.HintName, file.Text));

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var documents = context.AdditionalTextsProvider.Select(static (text, token) => (text.Path, text.GetText(token)!.Length));
        context.RegisterSourceOutput(documents, (output, document) =>
        {
            // Documents of endpoints without a queue give no file.
            if (!_files.TryGetValue(document.Path, out var file))
                return;
            // An edited document is longer, and gives another file.
            output.AddSource(file.HintName, SourceText.From(file.Text + "// " + document.Length, Encoding.UTF8));
        });
    }
}
