using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Zoetrope.Generator;
using Zoetrope.Generator.Flows;
using Zoetrope.Generator.Pipeline;

namespace Zoetrope.GeneratorBenchmark;

/// <summary>The times of a generator, those of edits in milliseconds, and the bytes that it keeps alive between runs.</summary>
internal sealed record Times(Cost Warm, double Edit, double UnrelatedEdit, long Kept);

/// <summary>What the second run of a driver did: the calls of our steps and the files that changed.</summary>
internal sealed record Rerun(int Steps, int Files);

/// <summary>One process's figures.</summary>
internal sealed record Measurement(
    int Endpoints, long SpecBytes, Cost Cold, Times Ours, Times Floor, Rerun Edit, Rerun UnrelatedEdit, long PeakMemory, Compiled Code)
{
    private const int Repeats = 9;

    // A driver that keeps count of its steps takes minutes for hundreds of documents, and most of the memory: an edit calls as many in a hundred.
    private const int MostCounted = 100;

    public static Measurement Take(string folder, int count)
    {
        var texts = DocumentText.OfFolder(folder, count);
        var compilation = Compiler.Create(Compiler.Parse("internal static class Program;"));

        var (driver, cold) = Run(NewDriver(new ZoetropeGenerator(), texts), compilation);
        var sources = driver.GetRunResult().Results[0].GeneratedSources;
        var ours = TimesOf(() => new ZoetropeGenerator(), texts, compilation);
        var floor = TimesOf(() => new FloorGenerator(texts, sources), texts, compilation);
        var (edit, unrelated) = Steps([.. texts.Take(MostCounted)], compilation);
        var peak = Process.GetCurrentProcess().PeakWorkingSet64;
        return new(
            count, texts.Sum(text => text.Bytes), cold, ours, floor, edit, unrelated, peak,
            Compiler.Compile(sources.Select(source => source.SourceText.ToString()).ToArray()));
    }

    internal static Times TimesOf(Func<IIncrementalGenerator> generator, ImmutableArray<DocumentText> texts, CSharpCompilation compilation)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var driver = NewDriver(generator(), texts).RunGenerators(compilation);
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;

        var warm = Cost.Median(3, () => Run(NewDriver(generator(), texts), compilation).Cost);
        var unrelated = Median(Repeats, number => Next(driver, Unrelated(compilation, number)));
        var current = texts.ToArray();
        var edit = Median(Repeats, number => Next(EditOne(driver, current, number), compilation));
        return new(warm, edit, unrelated, kept);

        double Next(GeneratorDriver edited, Compilation code)
        {
            (driver, var cost) = Run(edited, code);
            return cost.Milliseconds;
        }
    }

    /// <summary>What is called is counted apart, because a driver that keeps count of its steps takes several times as long.</summary>
    private static (Rerun Edit, Rerun UnrelatedEdit) Steps(ImmutableArray<DocumentText> texts, CSharpCompilation compilation)
    {
        return (
            CountOf(first => EditOne(first, texts.ToArray(), 0).RunGenerators(compilation)),
            CountOf(first => first.RunGenerators(Unrelated(compilation, 0))));

        // A generator remembers what it has made for its last run, so each edit has one of its own.
        Rerun CountOf(Func<GeneratorDriver, GeneratorDriver> edit)
        {
            var log = new StageLog();
            var first = NewDriver(new ZoetropeGenerator { Log = log }, texts).RunGenerators(compilation);
            return Count(log, first, edit(first));
        }
    }

    private static Rerun Count(StageLog log, GeneratorDriver before, GeneratorDriver after)
    {
        string[] steps = [
            StageNames.Read,
            StageNames.Merge,
            StageNames.Bind,
            StageNames.Emit,
            StageNames.NeutralBind,
            StageNames.NeutralEmit,
            StageNames.Index,
            StageNames.Locate
        ];
        var calls = steps.SelectMany(name => log.Steps.GetValueOrDefault(name, [])).Count(row => row.Change != RowChange.Cached);
        var old = before.GetRunResult().Results[0].GeneratedSources.Select(source => source.SourceText).ToHashSet();
        return new(calls, after.GetRunResult().Results[0].GeneratedSources.Count(source => !old.Contains(source.SourceText)));
    }

    /// <summary>Edits one document after the other.</summary>
    private static GeneratorDriver EditOne(GeneratorDriver driver, DocumentText[] texts, int number)
    {
        var index = number % texts.Length;
        var old = texts[index];
        texts[index] = old.WithMoreProperties(number + 1);
        return driver.ReplaceAdditionalText(old, texts[index]);
    }

    private static CSharpCompilation Unrelated(CSharpCompilation compilation, int number) =>
        compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], Compiler.Parse($"internal static class Program {{ internal const int Number = {number}; }}"));

    internal static GeneratorDriver NewDriver(
        IIncrementalGenerator generator, ImmutableArray<DocumentText> texts, string? rules = null) => CSharpGeneratorDriver.Create(
        [generator.AsSourceGenerator()], texts.CastArray<AdditionalText>(), Compiler.ParseOptions, new DocumentOptions(rules),
        new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: false));

    internal static (GeneratorDriver Driver, Cost Cost) Run(GeneratorDriver driver, Compilation compilation)
    {
        var (after, cost) = Cost.Of(() => driver.RunGenerators(compilation));
        var result = after.GetRunResult().Results[0];
        return result.Exception is null ? (after, cost) : throw new InvalidOperationException("The generator failed.", result.Exception);
    }

    internal static double Median(int count, Func<int, double> measure) => Enumerable.Range(0, count).Select(measure).Order().ElementAt(count / 2);
}
