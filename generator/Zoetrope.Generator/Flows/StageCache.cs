using System.Runtime.CompilerServices;

namespace Zoetrope.Generator.Flows;

/// <summary>
/// Keeps what the stages made, outside the compiler's pipeline, which remembers by itself. Each output is kept for as long as what it was made from is in use,
/// so that it goes with the text of its document. Any number of threads may use it.
/// </summary>
internal sealed class StageCache
{
    private readonly ConditionalWeakTable<object, Entry> _entries = new();

    /// <summary>The output of a stage: the one from before where its input compares equal to that of before.</summary>
    /// <param name="anchor">What the output is kept with; no other stage may have the same.</param>
    /// <param name="input">The stage's input.</param>
    /// <param name="step">The stage.</param>
    public TOutput GetOrAdd<TInput, TOutput>(object anchor, TInput input, Func<TInput, TOutput> step)
    {
        var entry = _entries.GetValue(anchor, static _ => new());
        lock (entry)
        {
            if (entry.Output is not TOutput known || !EqualityComparer<TInput>.Default.Equals(input, (TInput)entry.Input!))
                (entry.Input, entry.Output) = (input, known = step(input));
            return known;
        }
    }

    private sealed class Entry
    {
        public object? Input { get; set; }

        public object? Output { get; set; }
    }
}
