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
                $"{run[0].Endpoints}", $"{run[0].SpecBytes:N0}", Time(run, one => one.Cold),
                Time(run, one => one.Ours.Warm), Time(run, one => one.Floor.Warm),
                Time(run, one => one.Ours.Edit), Time(run, one => one.Floor.Edit), $"{run[0].Edit.Steps}, {run[0].Edit.Files}",
                Time(run, one => one.Ours.UnrelatedEdit), Time(run, one => one.Floor.UnrelatedEdit), $"{run[0].UnrelatedEdit.Steps}"));
        }
        output.WriteLine();
        if (runs.Length > 1)
        {
            var (some, all) = (runs[^2], runs[^1]);
            var growth = Median(all, PerByte) / Median(some, PerByte);
            var parts = Invariant($"{all[0].Endpoints} endpoints against {some[0].Endpoints}");
            output.WriteLine($"Growth: a byte of spec takes {Invariant($"{growth:F2}")} times as long with {parts} (warm). "
                + $"An edit of one spec takes {Invariant($"{Median(all, one => one.Ours.Edit) / Median(all, one => one.Cold):P1}")} of the cold run.");
            output.WriteLine();
        }

        static double PerByte(Measurement one) => one.Ours.Warm / one.SpecBytes;
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
                    one => one.Code.Milliseconds),
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
                Time(run, one => one.Cold), Time(run, one => one.Warm),
                run[0].Code.Errors > 0
                    ? (FormattableString)$"does not compile: {run[0].Code.Errors} errors"
                    : $"{run[0].Code.AssemblyBytes:N0} B", Time(run, one => one.Code.Milliseconds)));
        }
    }

    public static void WritePeer(TextWriter output, Measurement[][] ours, PeerMeasurement[][] peers)
    {
        output.WriteLine("| endpoints | | cold | warm | C# per spec byte | assembly | compile |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var (own, peer) in ours.Zip(peers))
        {
            output.WriteLine(Row(
                $"{own[0].Endpoints}", $"Zoetrope", Time(own, one => one.Cold), Time(own, one => one.Ours.Warm),
                $"{(double)own[0].Code.SourceBytes / own[0].SpecBytes:F2}", $"{own[0].Code.AssemblyBytes:N0} B", Time(own, one => one.Code.Milliseconds)));
            var code = peer[0].Code;
            output.WriteLine(Row(
                $"{peer[0].Endpoints}", $"NSwag, no code for {peer[0].Failed}", Time(
                    peer,
                    one => one.Cold), Time(peer, one => one.Warm), $"{(double)code.SourceBytes / peer[0].SpecBytes:F2}",
                code.Errors > 0
                    ? (FormattableString)$"does not compile: {code.Errors} errors"
                    : $"{code.AssemblyBytes:N0} B", Time(peer, one => one.Code.Milliseconds)));
        }
    }

    private static FormattableString Time<T>(T[] run, Func<T, double> figure)
    {
        var median = Median(run, figure);
        return median < 100 ? $"{median:F1} ms" : (FormattableString)$"{median:N0} ms";
    }

    private static FormattableString Memory(Measurement[] run, Func<Measurement, long> figure) => $"{Median(run, one => figure(one)) / 1048576:N1} MiB";

    private static double Median<T>(T[] run, Func<T, double> figure) => run.Select(figure).Order().ElementAt(run.Length / 2);

    private static string Row(params FormattableString[] cells) => "| " + string.Join(" | ", cells.Select(Invariant)) + " |";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
