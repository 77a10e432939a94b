using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.Jobs.Proposals;

/// <summary>
/// What the workflows of an Arazzo description say about jobs: a step that is tried again until a word is there polls, the step whose output is its parameter
/// submits, and a later step with the same parameter fetches the result.
/// </summary>
internal sealed class ArazzoWorkflows
{
    private readonly List<PolledJob> _jobs = [];
    private readonly JobsDocument _document;
    private readonly JsonNode _root;

    /// <summary>Reads the workflows.</summary>
    /// <param name="text">The Arazzo description, as JSON.</param>
    /// <param name="document">The document whose operations it calls.</param>
    public ArazzoWorkflows(string text, JobsDocument document)
    {
        _document = document;
        _root = JsonTree.Parse(text).Root;
        foreach (var workflow in _root["workflows"])
            ReadWorkflow(workflow);
    }

    /// <summary>Whether a text is an Arazzo description of version 1.</summary>
    public static bool IsArazzo(string text) => JsonTree.Parse(text).Root["arazzo"].String?.StartsWith("1.", StringComparison.Ordinal) == true;

    /// <summary>How a workflow polls an operation; null where none does.</summary>
    public PollingHints? HintsOf(JobsOperation status) => _jobs.Find(job => job.Status == status)?.Hints;

    /// <summary>The job that an operation submits and another one polls; null where no workflow does that.</summary>
    public PolledJob? JobOf(JobsOperation submit, JobsOperation status) => _jobs.Find(job => job.Submit == submit && job.Status == status);

    /// <summary>The operation that a workflow fetches the result with, and the workflow; null where none does.</summary>
    public PolledJob? ResultOf(JobsOperation status) => _jobs.Find(job => job.Status == status && job.Result is not null);

    private void ReadWorkflow(JsonNode workflow)
    {
        var steps = new List<Step>();
        foreach (var node in workflow["steps"])
        {
            if (OperationOf(node) is { } operation)
                steps.Add(new(node["stepId"].String ?? "", operation, node));
        }
        var id = workflow["workflowId"].String ?? "";
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].Operation.Method != "GET" || HintsOf(steps[i], id) is not { } hints)
                continue;
            var inputs = InputsOf(steps[i].Node);
            var submit = steps.Take(i).LastOrDefault(step => inputs.Exists(input => input.StartsWith(OutputOf(step), StringComparison.Ordinal)));
            var result = steps.Skip(i + 1).FirstOrDefault(step => step.Operation.Method == "GET" && step.Operation != steps[i].Operation
                && InputsOf(step.Node).Exists(inputs.Contains));
            _jobs.Add(new(id, steps[i].Operation, hints, submit?.Operation, submit is null ? null : IdOf(submit, inputs), result?.Operation));
        }
    }

    private JobsOperation? OperationOf(JsonNode step)
    {
        if (step["operationId"].String is { } id)
        {
            // With several descriptions: "$sourceDescriptions.name.operationId".
            const string Sources = "$sourceDescriptions.";
            var dot = id.StartsWith(Sources, StringComparison.Ordinal) ? id.IndexOf('.', Sources.Length) : -1;
            return _document.Find(id.Substring(dot + 1));
        }
        var hash = step["operationPath"].String?.IndexOf('#') ?? -1;
        if (hash < 0)
            return null;
        var pointer = JsonPointer.DecodeFragment(step["operationPath"].String!.Substring(hash));
        return _document.Operations.FirstOrDefault(operation => pointer.EndsWith(operation.At.Pointer, StringComparison.Ordinal));
    }

    /// <summary>How a step is tried again; null where it is not.</summary>
    private PollingHints? HintsOf(Step step, string workflow)
    {
        var conditions = new PollingConditions();
        var (running, failed) = (new List<string>(), new List<string>());
        int? seconds = null;
        var isPolled = false;
        // First, because a step succeeds with the words of the job's state.
        var succeeded = conditions.WordsOf(step.Node["successCriteria"]);
        foreach (var action in Actions(step.Node["onFailure"], "failureActions").Concat(Actions(step.Node["onSuccess"], "successActions")))
        {
            var words = conditions.WordsOf(action["criteria"]);
            if (action["type"].String == "retry" || (action["type"].String == "goto" && action["stepId"].String == step.Id))
            {
                isPolled = true;
                running.AddRange(words);
                seconds ??= PollingHints.SecondsOf(action["retryAfter"]);
            }
            else if (action["type"].String == "end")
            {
                failed.AddRange(words);
            }
        }
        failed.RemoveAll(succeeded.Contains);
        return isPolled ? new($"the workflow '{workflow}'", conditions.Pointer, running, succeeded, failed, seconds) : null;
    }

    private IEnumerable<JsonNode> Actions(JsonNode list, string components)
    {
        foreach (var item in list)
        {
            var reference = item["reference"].String;
            yield return reference is null ? item : _root["components"][components][reference.Substring(reference.LastIndexOf('.') + 1)];
        }
    }

    private static List<string> InputsOf(JsonNode step)
    {
        var inputs = new List<string>();
        foreach (var parameter in step["parameters"])
        {
            if (parameter["value"].String is { } value)
                inputs.Add(value);
        }
        return inputs;
    }

    private static string OutputOf(Step step) => $"$steps.{step.Id}.outputs.";

    /// <summary>The pointer of the output that is a parameter; null where it is not one into the body.</summary>
    private static string? IdOf(Step submit, List<string> inputs)
    {
        const string Body = "$response.body#";
        var input = inputs.Find(input => input.StartsWith(OutputOf(submit), StringComparison.Ordinal));
        var output = submit.Node["outputs"][input.Substring(OutputOf(submit).Length)].String;
        return output?.StartsWith(Body, StringComparison.Ordinal) == true ? output.Substring(Body.Length) : null;
    }

    private sealed record Step(string Id, JobsOperation Operation, JsonNode Node);
}

/// <summary>A job of a workflow.</summary>
/// <param name="Workflow">The id of the workflow.</param>
/// <param name="Status">The operation that it polls.</param>
/// <param name="Hints">How it polls.</param>
/// <param name="Submit">The operation that submits the job; null where that is not in the workflow.</param>
/// <param name="Id">The pointer of the job's id in the response to the submit; null where the workflow does not say it.</param>
/// <param name="Result">The operation that fetches the result; null where there is none.</param>
internal sealed record PolledJob(string Workflow, JobsOperation Status, PollingHints Hints, JobsOperation? Submit, string? Id, JobsOperation? Result);
