using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Zoetrope.Generator;

namespace Zoetrope.GeneratorBenchmark;

/// <summary>What one generator takes in a process of its own, in which nothing else is generated.</summary>
/// <param name="Documents">The documents.</param>
/// <param name="SpecBytes">Their size.</param>
/// <param name="Files">The files that are generated.</param>
/// <param name="Cold">The first run of the process.</param>
/// <param name="Warm">A later run of a new driver.</param>
/// <param name="PeakBefore">The peak memory before the first run: the compiler, its references and the documents.</param>
/// <param name="PeakCold">The same after the first run.</param>
/// <param name="Peak">The same after further runs and edits.</param>
internal sealed record GrowthMeasurement(int Documents, long SpecBytes, int Files, Cost Cold, Cost Warm, long PeakBefore, long PeakCold, long Peak)
{
    /// <summary>Measures ours.</summary>
    public static GrowthMeasurement OfOurs(string folder, int count) => Take(DocumentText.Copies(folder, count), _ => new ZoetropeGenerator());

    /// <summary>Measures Roslyn alone, with the files that <see cref="Write"/> has written.</summary>
    public static GrowthMeasurement OfFloor(string folder, int count, string files) =>
        Take(DocumentText.Copies(folder, count), texts => FloorGenerator.OfFolder(texts, files));

    /// <summary>Writes what ours generates, so that a process can have it that does not generate it.</summary>
    /// <returns>The number of files.</returns>
    public static int Write(string folder, int count, string files)
    {
        var (driver, _) = Measurement.Run(Measurement.NewDriver(new ZoetropeGenerator(), DocumentText.Copies(folder, count)), NewCompilation());
        var sources = driver.GetRunResult().Results[0].GeneratedSources;
        foreach (var source in sources)
            File.WriteAllText(Path.Combine(files, source.HintName), source.SourceText.ToString());
        return sources.Length;
    }

    private static GrowthMeasurement Take(ImmutableArray<DocumentText> texts, Func<ImmutableArray<DocumentText>, IIncrementalGenerator> generator)
    {
        var compilation = NewCompilation();
        var first = Measurement.NewDriver(generator(texts), texts);
        var before = PeakNow();
        var (driver, cold) = Measurement.Run(first, compilation);
        var afterCold = PeakNow();
        var files = driver.GetRunResult().Results[0].GeneratedSources.Length;
        var times = Measurement.TimesOf(() => generator(texts), texts, compilation);
        return new(texts.Length, texts.Sum(text => text.Bytes), files, cold, times.Warm, before, afterCold, PeakNow());
    }

    private static CSharpCompilation NewCompilation() => Compiler.Create(Compiler.Parse("internal static class Program;"));

    private static long PeakNow()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
