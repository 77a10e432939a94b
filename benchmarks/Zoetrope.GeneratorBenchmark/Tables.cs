using System.Globalization;

namespace Zoetrope.GeneratorBenchmark;

/// <summary>Writes the figures as Markdown. Each is the median of the processes that measured it.</summary>
internal static class Tables
{
    public static void WriteRules(TextWriter output, RuleMeasurement figures) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{figures.Documents} documents: {figures.Without:0.0} ms without rules in words, {figures.With:0.0} ms with them: "
            + $"{(figures.With / figures.Without - 1) * 100:+0.0;-0.0} %"));

    public static void WriteTimes(TextWriter output, Measurement[][] runs)
    {
        output.WriteLine(
            "| endpoints | spec bytes | cold | warm | Roslyn alone | one spec edited | Roslyn alone | steps called, files changed | unrelated C# edit | Roslyn alone | steps called |");
        output.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var run in runs)
        {
            output.WriteLine(Row(
                $"{run[0].Endpoints}", $"{run[0].SpecBytes:N0}", Time(run, one => one.Cold.Milliseconds),
                Time(run, one => one.Ours.Warm.Milliseconds), Time(run, one => one.Floor.Warm.Milliseconds),
                Time(run, one => one.Ours.Edit), Time(run, one => one.Floor.Edit), $"{run[0].Edit.Steps}, {run[0].Edit.Files}",
                Time(run, one => one.Ours.UnrelatedEdit), Time(run, one => one.Floor.UnrelatedEdit), $"{run[0].UnrelatedEdit.Steps}"));
        }
        output.WriteLine();
        if (runs.Length > 1)
        {
            var (some, all) = (runs[^2], runs[^1]);
            var growth = Median(all, PerByte) / Median(some, PerByte);
            var edit = Median(all, one => one.Ours.Edit) / Median(all, one => one.Cold.Milliseconds);
            var parts = Invariant($"{all[0].Endpoints} endpoints against {some[0].Endpoints}");
            output.WriteLine($"Growth: a byte of spec takes {Invariant($"{growth:F2}")} times as long with {parts} (warm). "
                + $"An edit of one spec takes {Invariant($"{edit:P1}")} of the cold run.");
            output.WriteLine();
        }

        static double PerByte(Measurement one) => one.Ours.Warm.Milliseconds / one.SpecBytes;
    }

    public static void WriteCode(TextWriter output, Measurement[][] runs)
    {
        output.WriteLine("| endpoints | C# per spec byte | assembly | compile | kept between runs | Roslyn alone | peak memory, generator only |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var run in runs)
        {
            output.WriteLine(Row(
                $"{run[0].Endpoints}", $"{(double)run[0].Code.SourceBytes / run[0].SpecBytes:F2}", $"{run[0].Code.AssemblyBytes:N0} B", Time(
                    run,
                    one => one.Code.Cost.Milliseconds),
                Memory(run, one => one.Ours.Kept), Memory(run, one => one.Floor.Kept), Memory(run, one => one.PeakMemory)));
        }
        output.WriteLine();
    }

    public static void WriteApis(TextWriter output, IEnumerable<ApiMeasurement[]> runs)
    {
        output.WriteLine("| document | spec bytes | files | C# bytes | C# per spec byte | cold | warm | assembly | compile |");
        output.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var run in runs)
        {
            output.WriteLine(Row(
                $"{run[0].Document}", $"{run[0].SpecBytes:N0}", $"{run[0].Files}", $"{run[0].Code.SourceBytes:N0}", $"{(double)run[0].Code.SourceBytes / run[0].SpecBytes:F2}",
                Time(run, one => one.Cold.Milliseconds), Time(run, one => one.Warm.Milliseconds),
                Assembly(run[0].Code), Time(run, one => one.Code.Cost.Milliseconds)));
        }
    }

    public static void WriteGrowth(TextWriter output, IEnumerable<(string Name, GrowthMeasurement[] Run)> rows)
    {
        output.WriteLine(
            "| endpoints | spec bytes, files | | cold | warm | processor time of each | peak memory before | after one run | after runs and edits |");
        output.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var (name, run) in rows)
        {
            output.WriteLine(Row(
                $"{run[0].Documents:N0}", $"{run[0].SpecBytes:N0}, {run[0].Files:N0}", $"{name}",
                Both(run, one => one.Cold), Both(run, one => one.Warm), Time(run, one => one.Warm.Processor / one.Documents),
                Memory(run, one => one.PeakBefore), Memory(run, one => one.PeakCold), Memory(run, one => one.Peak)));
        }
    }

    public static void WritePeer(TextWriter output, Measurement[][] ours, PeerMeasurement[][] peers)
    {
        output.WriteLine("| endpoints | | cold | warm | documents refused | C# per spec byte | assembly | compile |");
        output.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var (own, peer) in ours.Zip(peers))
        {
            WriteOne("Zoetrope", own, one => one.Cold, one => one.Ours.Warm, own[0].Endpoints, 0, own[0].SpecBytes, one => one.Code);
            WriteOne("NSwag", peer, one => one.Cold, one => one.Warm, peer[0].Endpoints, peer[0].Failed, peer[0].SpecBytes, one => one.Code);
        }

        void WriteOne<T>(string name, T[] run, Func<T, Cost> cold, Func<T, Cost> warm, int endpoints, int refused, long specBytes, Func<T, Compiled> code) =>
            output.WriteLine(Row(
                $"{endpoints}", $"{name}", Both(run, cold), Both(run, warm), $"{refused}", $"{(double)code(run[0]).SourceBytes / specBytes:F2}",
                Assembly(code(run[0])), Both(run, one => code(one).Cost)));
    }

    private static FormattableString Assembly(Compiled code) =>
        code.Errors > 0 ? (FormattableString)$"does not compile: {code.Errors} errors" : $"{code.AssemblyBytes:N0} B";

    /// <summary>The processor time, and in parentheses how long it took.</summary>
    private static FormattableString Both<T>(T[] run, Func<T, Cost> cost) =>
        $"{Invariant(Time(run, one => cost(one).Processor))} ({Invariant(Time(run, one => cost(one).Milliseconds))})";

    private static FormattableString Time<T>(T[] run, Func<T, double> figure) => Median(run, figure) switch
    {
        < 10 and var median => $"{median:F2} ms",
        < 100 and var median => $"{median:F1} ms",
        var median => $"{median:N0} ms",
    };

    private static FormattableString Memory<T>(T[] run, Func<T, long> figure) => $"{Median(run, one => figure(one)) / 1048576:N1} MiB";

    private static double Median<T>(T[] run, Func<T, double> figure) => run.Select(figure).Order().ElementAt(run.Length / 2);

    private static string Row(params FormattableString[] cells) => "| " + string.Join(" | ", cells.Select(Invariant)) + " |";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
