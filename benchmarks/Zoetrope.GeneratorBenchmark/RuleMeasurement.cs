using Zoetrope.Generator;

namespace Zoetrope.GeneratorBenchmark;

/// <summary>What reading rules in words adds to the generator's time, in milliseconds: the sums of the least times of each document.</summary>
internal sealed record RuleMeasurement(int Documents, double Without, double With)
{
    private const int Repeats = 15;

    public static RuleMeasurement Take(string folder)
    {
        var texts = DocumentText.OfFolder(folder, int.MaxValue);
        var compilation = Compiler.Create(Compiler.Parse("internal static class Program;"));
        var (without, with) = (new double[texts.Length], new double[texts.Length]);
        Array.Fill(without, double.MaxValue);
        Array.Fill(with, double.MaxValue);
        // Each in turn, so that what else the machine does falls on both.
        for (var round = 0; round < Repeats; round++)
        {
            for (var i = 0; i < texts.Length; i++)
            {
                without[i] = Math.Min(without[i], TimeOf(texts[i], "off"));
                with[i] = Math.Min(with[i], TimeOf(texts[i], "safe"));
            }
        }
        return new(texts.Length, without.Sum(), with.Sum());

        double TimeOf(DocumentText text, string rules) =>
            Measurement.Run(Measurement.NewDriver(new ZoetropeGenerator(), [text], rules: rules), compilation).Cost.Milliseconds;
    }
}
