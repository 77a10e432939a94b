using System.Runtime.CompilerServices;

namespace Zoetrope.Generator;

/// <summary>
/// Remembers what the steps made, outside the compiler's pipeline, which remembers by itself. Each outcome is kept for as long as what it was made from is in use,
/// so that it goes with the text of its document. Any number of threads may use it.
/// </summary>
internal sealed class StepMemory
{
    private readonly ConditionalWeakTable<object, Entry> _entries = new();

    /// <summary>The outcome of a step: the one from before where its input compares equal to that of before.</summary>
    /// <param name="anchor">What the outcome is kept with; no other step may have the same.</param>
    /// <param name="input">The step's input.</param>
    /// <param name="step">The step.</param>
    public TOutput Of<TInput, TOutput>(object anchor, TInput input, Func<TInput, TOutput> step)
        where TInput : IEquatable<TInput>
        where TOutput : class
    {
        var entry = _entries.GetValue(anchor, static _ => new());
        lock (entry)
        {
            if (entry.Output is not TOutput known || !input.Equals((TInput)entry.Input!))
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
