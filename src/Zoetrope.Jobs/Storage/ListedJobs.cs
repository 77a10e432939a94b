using System.Runtime.CompilerServices;

namespace Zoetrope.Jobs.Storage;

/// <summary>Decides which jobs of one list are added, where some of them would be the same job as others of it.</summary>
internal sealed class ListedJobs
{
    private readonly Dictionary<string, Listed> _byKey = new(StringComparer.Ordinal);

    private enum Choice
    {
        None,
        Open,
        Added,
        Same,
    }

    /// <summary>Finds those that are the same job as another one that is added, in whichever order they are listed.</summary>
    /// <param name="jobs">The list. What is in it twice has the <see cref="LedgerJob.OtherKeys"/> of both afterwards, by which both are found.</param>
    /// <param name="positions">The positions of the jobs that the ledger is not known to have.</param>
    /// <param name="stored">Those of the other keys that are in the ledger.</param>
    /// <returns>Their positions.</returns>
    public static IReadOnlyList<int> FindSame(LedgerJob[] jobs, IReadOnlyList<int> positions, Dictionary<string, string> stored)
    {
        if (positions.Count < 2 || !positions.Any(position => jobs[position].OtherKeys.Count > 0))
            return [];
        var list = new ListedJobs();
        foreach (var position in positions)
            list.Add(jobs[position], position, stored);
        var same = new List<int>();
        foreach (var listed in list._byKey.Values.Where(listed => listed.OtherKeys.Count > 0))
        {
            list.Choose(listed);
            if (listed.Choice != Choice.Same)
                continue;
            foreach (var position in listed.Positions)
                jobs[position] = jobs[position] with { OtherKeys = [.. listed.OtherKeys] };
            same.AddRange(listed.Positions);
        }
        return same;
    }

    // What is stored already is not added; of what is listed twice the first is.
    private void Add(LedgerJob job, int position, Dictionary<string, string> stored)
    {
        if (job.UniqueKey is not { } key || stored.ContainsKey(key))
            return;
        if (!_byKey.TryGetValue(key, out var listed))
            _byKey[key] = listed = new Listed(key, job.Provider);
        listed.Positions.Add(position);
        listed.OtherKeys.UnionWith(job.OtherKeys);
    }

    private void Choose(Listed listed)
    {
        if (listed.Choice != Choice.None)
            return;
        listed.Choice = Choice.Open;
        var isSame = false;
        foreach (var (key, provider) in listed.OtherKeys)
        {
            if (!_byKey.TryGetValue(key, out var other) || other.Provider != provider)
                continue;
            // Of two that name each other, the first is added. Otherwise the one that is named is, unless it is the same as a third one.
            if (!other.OtherKeys.Contains((listed.Key, listed.Provider)) && RuntimeHelpers.TryEnsureSufficientExecutionStack())
                Choose(other);
            isSame |= other.Choice == Choice.Added;
        }
        listed.Choice = isSame ? Choice.Same : Choice.Added;
    }

    private sealed class Listed(string key, string provider)
    {
        public string Key => key;

        public string Provider => provider;

        public List<int> Positions { get; } = [];

        public HashSet<(string Key, string Provider)> OtherKeys { get; } = [];

        public Choice Choice { get; set; }
    }
}
