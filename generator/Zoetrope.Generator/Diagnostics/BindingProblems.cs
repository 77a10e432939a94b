using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Diagnostics;

/// <summary>Collects what is wrong with one endpoint or API while its names and types are bound.</summary>
internal sealed class BindingProblems
{
    private readonly IProblemSource _source;
    private readonly List<PlacedProblem> _problems;
    private readonly IReadOnlyDictionary<string, string>? _labels;

    public BindingProblems(IProblemSource source)
        : this(source, [], null)
    {
    }

    private BindingProblems(IProblemSource source, List<PlacedProblem> problems, IReadOnlyDictionary<string, string>? labels)
    {
        _source = source;
        _problems = problems;
        _labels = labels;
    }

    /// <summary>All that were reported so far.</summary>
    public EquatableArray<PlacedProblem> All => _problems.ToEquatableArray();

    /// <summary>Collects in the same list, with other words for some arguments of messages.</summary>
    public BindingProblems WithLabels(IReadOnlyDictionary<string, string> labels) => new(_source, _problems, labels);

    /// <summary>Reports a problem at a location of the document.</summary>
    public void Report(ProblemKind kind, string pointer, params string[] arguments)
    {
        _problems.Add(PlacedProblem.Of(kind, _source.At(pointer), Array.ConvertAll(arguments, LabelOf)));
    }

    /// <summary>Reports a locked name that is not valid, or that another has.</summary>
    /// <param name="key">What follows the owner's key in the lock file.</param>
    /// <param name="name">The name.</param>
    public void ReportLock(string key, string name) =>
        _problems.Add(PlacedProblem.Of(GeneratorProblems.BadLockedName, _source.LockedAt(key), name, _source.LockedKey(key)));

    private string LabelOf(string argument) => _labels is { } labels && labels.TryGetValue(argument, out var label) ? label : argument;
}
