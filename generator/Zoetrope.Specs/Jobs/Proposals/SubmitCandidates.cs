using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.Jobs.Proposals;

/// <summary>An operation that seems to submit jobs.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Id">The value with the job's id.</param>
/// <param name="Values">All values of its response.</param>
/// <param name="Body">The values of its body.</param>
/// <param name="Score">How much it seems so.</param>
/// <param name="Reason">Why.</param>
internal sealed record SubmitCandidate(
    JobsOperation Operation, DescribedValue Id, List<DescribedValue> Values, List<DescribedValue> Body, int Score, string Reason);

/// <summary>Finds the operations that submit the jobs whose state another operation reports.</summary>
internal sealed class SubmitCandidates(JobsDocument document, ResponseValues values, ArazzoWorkflows? workflows)
{
    private const int Least = 6;

    /// <summary>The candidates, the likeliest first.</summary>
    public List<SubmitCandidate> Find(StatusCandidate status) => document.Operations.Select(operation => Candidate(operation, status))
        .OfType<SubmitCandidate>().OrderByDescending(candidate => candidate.Score).ToList();

    private SubmitCandidate? Candidate(JobsOperation operation, StatusCandidate status)
    {
        var job = workflows?.JobOf(operation, status.Operation);
        if (operation.Method != "POST" || (job is null && OperationNames.IsNotSubmit(operation.Path)) || !HasOnlyModel(operation))
            return null;
        var response = document.ResponseOf(operation);
        var described = values.Of(response);
        var id = described
            .Where(value => (value.IsText || value.IsNumber) && (OperationNames.IsId(value.Name) || OperationNames.AreSame(value.Name, status.Parameter)))
            .OrderByDescending(value => OperationNames.AreSame(value.Name, status.Parameter)).FirstOrDefault();
        id = job?.Id is { } pointer && described.Find(value => value.Pointer == pointer) is { } output ? output : id;
        if (id is null)
            return null;
        var (score, reasons) = (0, new List<string>());
        Add(IsLinked(operation, status), 20, "its response links to the status");
        Add(job is not null, 20, $"the workflow '{job?.Workflow}' polls the job that it makes");
        Add(Same(response, document.ResponseOf(status.Operation)), 8, "it responds with what the status responds with");
        var collection = OperationNames.CollectionOf(status.Operation.Path);
        Add(operation.Path == collection, 8, "its path is that of the status without the id");
        Add(operation.Path != collection && operation.Path.StartsWith(collection, StringComparison.Ordinal), 5, "its path begins like that of the status");
        Add(
            OperationNames.WordsOf(operation.Path).LastOrDefault() is { } last && last == OperationNames.WordsOf(collection).LastOrDefault()
                && operation.Path != collection,
            3, "its path ends like that of the status");
        Add(OperationNames.AreSame(id.Name, status.Parameter), 4, $"its id is called '{id.Name}' as the parameter of the status is");
        Add(UrlOf(described) is not null, 6, "its response has an address to poll");
        score += id.Name == "id" ? 1 : 3;
        score += described.Count(value => value.Depth == 1) <= 3 ? 2 : 0;
        score -= HasOwnStatus(operation, status) ? 6 : 0;
        score -= document.BodyOf(operation, out _) is null ? 5 : 0;
        return score < Least ? null : new(
            operation, id, described, values.Of(document.BodyOf(operation, out _)), score,
            reasons.Count == 0 ? "its response has little more than an id" : string.Join(", ", reasons));

        void Add(bool holds, int points, string reason)
        {
            if (!holds)
                return;
            score += points;
            reasons.Add(reason);
        }
    }

    /// <summary>The address of the job's status in a response; null where there is none.</summary>
    public static DescribedValue? UrlOf(List<DescribedValue> described) => described.FirstOrDefault(value => value.IsText
        && (value.Name is "polling_url" or "status_url" or "statusUrl" or "pollingUrl" or "get_url"
            || value.Pointer is "/urls/get" or "/urls/self" or "/urls/status"));

    /// <summary>The parameters of a path with the model in it; null where they are others.</summary>
    public static List<(string Name, string Value)>? ModelParameters(IReadOnlyList<string> names)
    {
        if (names.Count == 1 && names[0].IndexOf("model", StringComparison.OrdinalIgnoreCase) >= 0)
            return [(names[0], "{model}")];
        return names.Count == 2 && names.All(name => name.IndexOf("model", StringComparison.OrdinalIgnoreCase) >= 0)
            ? [(names[0], "{model:0}"), (names[1], "{model:1}")]
            : names.Count == 0 ? [] : null;
    }

    private bool HasOnlyModel(JobsOperation operation)
    {
        var parameters = document.ParametersOf(operation);
        return parameters.All(parameter => parameter.IsPath) && ModelParameters(parameters.Select(parameter => parameter.Name).ToList()) is not null;
    }

    /// <summary>Whether what the operation makes has a status elsewhere.</summary>
    private bool HasOwnStatus(JobsOperation operation, StatusCandidate status) =>
        OperationNames.CollectionOf(status.Operation.Path) != operation.Path
        && document.Operations.Any(other => other.Method == "GET" && other.Path != operation.Path && OperationNames.CollectionOf(other.Path) == operation.Path);

    private bool IsLinked(JobsOperation operation, StatusCandidate status)
    {
        var id = status.Operation.At.Node["operationId"].String;
        var responses = operation.At["responses"];
        foreach (var item in responses.Node)
        {
            if (document.References.Follow(responses.Property(item)) is not { } response)
                continue;
            var links = response["links"];
            foreach (var entry in links.Node)
            {
                if (document.References.Follow(links.Property(entry)) is not { } link)
                    continue;
                var reference = link.Node["operationRef"].String;
                if ((id is not null && link.Node["operationId"].String == id)
                    || (reference is not null && JsonPointer.DecodeFragment(reference).EndsWith(status.Operation.At.Pointer, StringComparison.Ordinal)))
                    return true;
            }
        }
        return false;
    }

    private bool Same(JsonLocation? one, JsonLocation? other) =>
        one is { } left && other is { } right
        && document.References.Follow(left)?.Pointer is { } pointer && pointer == document.References.Follow(right)?.Pointer;
}
