using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Zoetrope.Generator;

/// <summary>
/// What another processor does in a compiler that was just started, where the runtime compiles the methods of the generator as they are called: it would
/// compile those of each stage only when the stage before has ended for all documents. A few go through all stages at once; nothing of that is kept.
/// </summary>
internal static class HeadStart
{
    private const int Samples = 4;
    private const int LongestSample = 65536;

    // Where there are few documents, the samples would be most of them.
    private const int Fewest = 32;

    private static int _isBegun;

    /// <summary>Begins it, once in a process.</summary>
    public static void Begin(
        ImmutableArray<AdditionalText> texts, AnalyzerConfigOptionsProvider config, Compilation compilation, CancellationToken cancellationToken)
    {
        if (texts.Length < Fewest || Interlocked.Exchange(ref _isBegun, 1) == 1)
            return;
        var samples = texts.Where(text => text.GetText(cancellationToken) is { Length: <= LongestSample }).Take(Samples).ToImmutableArray();
        // Whatever fails in it fails again, and is reported, in the run that is kept.
        _ = Task.Run(() => new Generation(log: null).Run(samples, config, compilation, cancellationToken), cancellationToken);
    }
}
