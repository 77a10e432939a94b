using System.Globalization;
using Zoetrope.Generator;

namespace Zoetrope.GeneratorBenchmark;

/// <summary>One process's figures for the document of a whole API.</summary>
/// <param name="Document">The document.</param>
/// <param name="SpecBytes">Its size.</param>
/// <param name="Files">The files that are generated.</param>
/// <param name="Cold">The first run.</param>
/// <param name="Warm">A later run of a new driver.</param>
/// <param name="Code">What the compiler makes of it.</param>
internal sealed record ApiMeasurement(string Document, long SpecBytes, int Files, Cost Cold, Cost Warm, Compiled Code)
{
    /// <summary>The documents that <see cref="InlineApi"/> makes, by how many operations they have.</summary>
    public static IReadOnlyList<string> Made { get; } = ["50", "100", "150"];

    /// <summary>Measures a file, or a document with so many operations that is made.</summary>
    public static ApiMeasurement Take(string document)
    {
        var isMade = int.TryParse(document, CultureInfo.InvariantCulture, out var operations);
        var text = isMade ? new DocumentText("inline.json", InlineApi.Document(operations)) : new DocumentText(document, File.ReadAllText(document));
        var compilation = Compiler.Create(Compiler.Parse("internal static class Program;"));

        var (driver, cold) = Measurement.Run(Measurement.NewDriver(new ZoetropeGenerator(), [text]), compilation);
        var warm = Cost.Median(3, () => Measurement.Run(Measurement.NewDriver(new ZoetropeGenerator(), [text]), compilation).Cost);
        var sources = driver.GetRunResult().Results[0].GeneratedSources;
        return new(
            isMade ? document + " operations, made" : Path.GetFileName(document), text.Bytes, sources.Length, cold, warm, Compiler.Compile(
                sources.Select(source => source.SourceText.ToString()).ToArray()));
    }
}
