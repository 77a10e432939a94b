using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Zoetrope.Generator.Pipeline;

/// <summary>
/// A step whose outputs are made on all processors before the compiler asks for them one by one. The compiler runs generators alone, one item at a time, and
/// does not say whether they may use several processors: the outputs are the same on one, and there are no more threads than processors.
/// </summary>
/// <param name="make">The step: what it makes of an item and, where there is one, the value beside it. It must be pure.</param>
internal sealed class ParallelStep(Func<FlowItem, FlowItem?, CancellationToken, ImmutableArray<FlowItem>> make)
{
    /// <summary>The fewest items that are worth the start of other threads. A few, as after an edit, are made in their turn.</summary>
    public const int Many = 8;

    private static readonly FlowItem _nothing = FlowItem.Of("");

    // Outputs are kept for as long as their items are in use, which is as long as the compiler remembers both.
    private readonly ConditionalWeakTable<FlowItem, Slot> _slots = new();
    private Run? _last;

    /// <summary>Makes what is not made yet. What it returns is the same for as long as the value beside the items is.</summary>
    /// <param name="items">All items.</param>
    /// <param name="beside">The value beside them, or null.</param>
    /// <param name="meanwhile">What else is done at the same time, or null.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public FlowItem MakeAhead(ImmutableArray<FlowItem> items, FlowItem? beside, Action? meanwhile, CancellationToken cancellationToken)
    {
        if (_last?.IsNearly(items, beside) != true)
            MakeAll(items.Where(item => Find(item, beside) is null).ToList(), beside, meanwhile, cancellationToken);
        _last = new(items, beside);
        return beside ?? _nothing;
    }

    /// <summary>What the step makes of an item.</summary>
    public ImmutableArray<FlowItem> OutputOf(FlowItem item, FlowItem? beside, CancellationToken cancellationToken) =>
        (Find(item, beside) ?? Make(item, beside, cancellationToken)).Items;

    private void MakeAll(List<FlowItem> items, FlowItem? beside, Action? meanwhile, CancellationToken cancellationToken)
    {
        if (items.Count < Many)
            return;
        // As many threads as the pool starts at once, which is one for each processor.
        ThreadPool.GetMinThreads(out var threads, out _);
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = threads };
        Parallel.For(meanwhile is null ? 0 : -1, items.Count, options, index =>
        {
            if (index < 0)
                meanwhile!();
            else
                Make(items[index], beside, cancellationToken);
        });
    }

    private Output? Find(FlowItem item, FlowItem? beside) =>
        _slots.TryGetValue(item, out var slot) && slot.Output is { } output && ReferenceEquals(output.Beside, beside) ? output : null;

    private Output Make(FlowItem item, FlowItem? beside, CancellationToken cancellationToken) =>
        _slots.GetOrCreateValue(item).Output = new(beside, make(item, beside, cancellationToken));

    private sealed class Slot
    {
        public Output? Output { get; set; }
    }

    private sealed class Output(FlowItem? beside, ImmutableArray<FlowItem> items)
    {
        public FlowItem? Beside => beside;

        public ImmutableArray<FlowItem> Items => items;
    }

    /// <summary>What the step was asked for last. Most edits change one item, which is seen at once.</summary>
    private sealed class Run(ImmutableArray<FlowItem> items, FlowItem? beside)
    {
        public bool IsNearly(ImmutableArray<FlowItem> others, FlowItem? otherBeside)
        {
            if (!ReferenceEquals(beside, otherBeside) || items.Length != others.Length)
                return false;
            var different = 0;
            for (var i = 0; i < items.Length; i++)
            {
                if (!ReferenceEquals(items[i], others[i]))
                    different++;
            }
            return different < Many;
        }
    }
}
