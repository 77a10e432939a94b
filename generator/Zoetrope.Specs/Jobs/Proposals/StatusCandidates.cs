namespace Zoetrope.Specs.Jobs.Proposals;

/// <summary>An operation that seems to report the state of a job.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Parameter">The name of the parameter with the job's id.</param>
/// <param name="IsQuery">Whether the parameter is in the query.</param>
/// <param name="Word">The value with the word.</param>
/// <param name="Values">All values of its response.</param>
/// <param name="Score">How much it seems so.</param>
/// <param name="Hints">What an extension of the operation or a workflow says about polling; null where there is none.</param>
internal sealed record StatusCandidate(
    JobsOperation Operation, string Parameter, bool IsQuery, DescribedValue Word, List<DescribedValue> Values, int Score, PollingHints? Hints)
{
    /// <summary>Whether words are among the values of which is known that jobs end with them; else a person must say what the words mean.</summary>
    public bool HasKnownWords => Hints is not null || StateWords.AreOfJobs(Word.Words);

    /// <summary>The state that a word means; null where nothing says it.</summary>
    public string? StateOf(string word) =>
        Hints?.StateOf(word) is { } state && (state == "succeeded" || StateWords.Of(word) is null) ? state : StateWords.Of(word);
}

/// <summary>Finds the operations that report the states of jobs: those about one thing, whose response lists words that jobs end with.</summary>
internal sealed class StatusCandidates(JobsDocument document, ResponseValues values, ArazzoWorkflows? workflows)
{
    private const int PolledByWorkflow = 20;
    private const int LeastOwnWords = 3;

    /// <summary>The candidates.</summary>
    public List<StatusCandidate> Find() => document.Operations.Select(Candidate).OfType<StatusCandidate>().ToList();

    private StatusCandidate? Candidate(JobsOperation operation)
    {
        if (operation.Method != "GET" || IdOf(operation) is not { } id)
            return null;
        var described = values.Of(document.ResponseOf(operation));
        var polled = workflows?.HintsOf(operation);
        var hints = polled ?? PollingHints.Of(operation);
        var word = hints is { Pointer: not null, Succeeded.Count: > 0 } && described.Find(value => value.Pointer == hints.Pointer) is { } hinted
            ? hinted with { Words = [.. hinted.Words.Concat(hinted.Words.Count == 0 ? hints.Words.Distinct() : [])] }
            : described.Where(value => value.IsText && (StateWords.AreOfJobs(value.Words) || MayBeState(value, operation)))
                .OrderByDescending(value => StateWords.AreOfJobs(value.Words)).ThenByDescending(ScoreOf).FirstOrDefault();
        return word is null
            ? null
            : new(
                operation, id.Name, id.IsQuery, word, described,
                ScoreOf(word) + (2 * OperationNames.MediaScore(operation.Path)) + (polled is null ? 0 : PolledByWorkflow), hints);
    }

    /// <summary>The parameter of the job's id: the only one in the path, or the only one in the query that has such a name.</summary>
    private (string Name, bool IsQuery)? IdOf(JobsOperation operation)
    {
        var parameters = document.ParametersOf(operation);
        var path = parameters.Where(parameter => parameter.IsPath).ToList();
        if (path.Count == 1)
            return parameters.Count == 1 ? (path[0].Name, false) : null;
        var query = parameters.Where(parameter => !parameter.IsPath).ToList();
        return path.Count == 0 && query.Count == 1 && OperationNames.IsId(query[0].Name) ? (query[0].Name, true) : null;
    }

    /// <summary>Whether a value may be the state of a job in words of the provider's own: it is called so, and the path is one of media.</summary>
    private static bool MayBeState(DescribedValue value, JobsOperation operation) =>
        value is { Depth: 1, Words.Count: >= LeastOwnWords, Name: "status" or "state" } && OperationNames.MediaScore(operation.Path) > 0;

    private static int ScoreOf(DescribedValue word)
    {
        var name = word.Name.ToLowerInvariant();
        var isUsual = name is "status" or "state";
        var isLike = name.Contains("status") || name.Contains("state");
        return (isUsual ? 8 : isLike ? 5 : 0) + word.Words.Count(value => StateWords.Of(value) is not null) - (2 * word.Depth);
    }
}
