using System.Globalization;

namespace Zoetrope.Specs.Jobs.Proposals;

/// <summary>Writes what was found as a declaration.</summary>
internal sealed class ProposalBuilder(
    JobsDocument document, ResponseValues values, IReadOnlyList<NamedDocument> documents, ProposalNames names, ArazzoWorkflows? workflows)
{
    private const int MostModels = 60;

    private static readonly string[] _modelNames = ["model", "model_id", "modelId", "model_name", "modelName"];

    private readonly ProposalObject _root = new();
    private readonly List<ProposedFact> _facts = [];

    /// <summary>Writes a declaration.</summary>
    /// <param name="status">The operation that reports the state.</param>
    /// <param name="submits">The operations that submit, the likeliest first.</param>
    public ProposalDraft Build(StatusCandidate status, List<SubmitCandidate> submits)
    {
        if (names.Schema is { } schema)
            _root.Add("$schema", schema);
        var comments = new List<string>
        {
            "A proposal: it was guessed from the document. Compare each line with the provider's documentation, complete what the document does not say",
            "(limits, polling, retentionDays, cost, the kinds of failures), and set 'confirmed' to true; until then no client is generated.",
        };
        _root.Add("$comment", comments);
        _root.Add("provider", names.Provider);
        _root.Add("name", names.Name);
        _root.Add("document", documents.Select(one => one.Name).ToList());
        _root.Add("confirmed", false);
        new AccessProposal(document, _root, _facts).Add(submits[0], names.Provider);
        if (status.Hints?.Seconds is { } seconds)
            Propose(_root["polling"], "polling", "first", seconds, $"{status.Hints.Source} says so");
        AddSubmit(status, submits);
        AddModels(submits);
        AddStatus(status);
        AddResult(status);
        AddCancel(status);
        new ExtrasProposal(document, values, _root, _facts).Add(submits);
        return new(_root, _facts, comments);
    }

    private void AddSubmit(StatusCandidate status, List<SubmitCandidate> submits)
    {
        var submit = _root["submit"];
        var open = submits.Find(candidate => OpenModelOf(candidate) is not null);
        if (open is not null)
        {
            Propose(submit, "submit", "operation", open.Operation.Name, $"{open.Reason}; it takes any model");
            AddParameters(submit, open.Operation);
            if (InputOf(open) is { } input)
                Propose(submit, "submit", "input", input, "the body has the input in this member; say '' where it is the body itself");
        }
        if (HaveOneModelMember(submits))
            Propose(submit, "submit", "modelMember", ModelOf(submits[0])!.Name, "the body has a member of this name");
        Propose(
            submit, "submit", "id", submits.Select(candidate => candidate.Id.Pointer).Distinct().ToList(),
            $"{Count(submits)} ({submits[0].Operation.Name}: {submits[0].Reason})");
        if (SubmitCandidates.UrlOf(submits[0].Values) is { } url)
            Propose(submit, "submit", "statusUrl", url.Pointer, "it looks like the address of the status; name other hosts that it may have in 'hosts'");
        if (submits[0].Values.Find(value => value.Pointer == status.Word.Pointer && StateWords.AreOfJobs(value.Words)) is { } word)
            Propose(submit, "submit", "word", word.Pointer, "the response to the submit has the same words as the status");
    }

    private static string Count(List<SubmitCandidate> submits) =>
        submits.Count == 1 ? "one operation submits" : submits.Count.ToString(CultureInfo.InvariantCulture) + " operations seem to submit";

    private void AddModels(List<SubmitCandidate> submits)
    {
        var models = new List<ProposalObject>();
        var isOnly = submits.Count == 1;
        foreach (var candidate in submits)
        {
            var member = ModelOf(candidate);
            if (OpenModelOf(candidate) is not null)
                continue;
            var name = string.Join("/", OperationNames.WordsOf(candidate.Operation.Path));
            var words = new List<string?>();
            var alternatives = member is null ? BodyAlternatives.Of(document, candidate.Operation) : null;
            if (member is { Words.Count: > 0 })
                words.AddRange(member.Words);
            else if (alternatives is not null)
                words.AddRange(alternatives.Values);
            else
                words.Add(null);
            foreach (var value in words)
            {
                if (models.Count == MostModels)
                    break;
                var model = new ProposalObject();
                model.Add("id", value is null ? name : isOnly ? value : name + "/" + value);
                if (value is not null && !isOnly && alternatives is null)
                    model.Add("value", value);
                model.Add("operation", candidate.Operation.Name);
                if (member is not null && !HaveOneModelMember(submits))
                    model.Add("modelMember", member.Name);
                if (value is not null && alternatives is not null)
                    model["constants"].Add(alternatives.Member, value);
                AddParameters(model, candidate.Operation);
                if (candidate.Operation.At.Node["summary"].String is { Length: > 0 } title)
                    model.Add("title", value is null ? title : $"{title}: {value}");
                models.Add(model);
            }
        }
        if (models.Count == 0)
            return;
        _root.Add("models", models);
        _facts.Add(new(
            "models", "",
            "an operation each, or a value of the member that says which model or which of several schemas its body is; "
                + "keep those that you use, and give them ids, titles, 'category' and 'outputType'"));
    }

    private static bool HaveOneModelMember(List<SubmitCandidate> submits) =>
        ModelOf(submits[0]) is { } member && submits.TrueForAll(submit => ModelOf(submit)?.Name == member.Name);

    private void AddParameters(ProposalObject at, JobsOperation operation)
    {
        var parameters = SubmitCandidates.ModelParameters(document.ParametersOf(operation).Select(parameter => parameter.Name).ToList()) ?? [];
        foreach (var (name, value) in parameters)
            at["parameters"].Add(name, value);
    }

    private static DescribedValue? ModelOf(SubmitCandidate candidate) => candidate.Body
        .Find(value => value.Depth == 1 && _modelNames.Contains(value.Name) && value.IsText);

    /// <summary>What takes any model: a parameter of the path, or a member without a list of values; null where nothing does.</summary>
    private string? OpenModelOf(SubmitCandidate candidate) =>
        document.ParametersOf(candidate.Operation).Count > 0 ? "path" : ModelOf(candidate) is { Words.Count: 0 } member ? member.Name : null;

    private static string? InputOf(SubmitCandidate candidate) => candidate.Body
        .Find(value => value.Depth == 1 && value.Types.Contains("object") && value.Name is "input" or "inputs" or "payload" or "parameters")?.Pointer;

    private void AddStatus(StatusCandidate found)
    {
        var status = _root["status"];
        Propose(
            status, "status", "operation", found.Operation.Name,
            $"its response lists words that jobs end with, and '{found.Parameter}' is its only parameter");
        if (found.IsQuery)
            status["parameters"].Add(found.Parameter, "{job}");
        var id = found.Values.Find(value => (value.IsText || value.IsNumber) && value.Depth <= found.Word.Depth
            && value.Pointer.Substring(0, value.Pointer.LastIndexOf('/')) == Parent(found.Word.Pointer)
            && (OperationNames.AreSame(value.Name, found.Parameter) || OperationNames.IsId(value.Name)));
        if (id is not null)
            Propose(status, "status", "id", id.Pointer, "it is beside the word; a response about another job is not believed");
        Propose(status, "status", "word", found.Word.Pointer, $"its values are {string.Join(", ", found.Word.Words)}");
        AddWords(status, found);
        AddNumber(status, found, "progress", "progress", "percent", "progress_percent");
        AddNumber(status, found, "position", "queue_position", "queuePosition", "position");
        AddFailure(status, found);
    }

    private void AddWords(ProposalObject status, StatusCandidate found)
    {
        foreach (var state in new[] { "queued", "running", "succeeded", "failed", "canceled", "expired" })
        {
            var words = found.Word.Words.Where(word => found.StateOf(word) == state).ToList();
            if (words.Count == 0)
            {
                // Every declaration says what success is.
                if (state == "succeeded")
                    Propose(status, "status", state, words, "the word of a job that has completed is for you to say");
                continue;
            }
            var reason = words.Exists(word => found.Hints?.StateOf(word) == state) ? $"{found.Hints!.Source} says so" : "by what these words usually mean";
            // Only where a word says more than that it failed.
            if (state == "failed" && words.Exists(word => StateWords.KindOf(word) is not null))
            {
                var kinds = new ProposalObject();
                words.ForEach(word => kinds.Add(word, StateWords.KindOf(word) ?? "provider"));
                status.Add(state, kinds);
                _facts.Add(new("status." + state, string.Join(", ", words), reason));
            }
            else
                Propose(status, "status", state, words, reason);
        }
        if (found.Word.Words.Where(word => found.StateOf(word) is null).ToList() is { Count: > 0 } unknown)
        {
            _facts.Add(new(
                "status", string.Join(", ", unknown), "nothing is known about these words: say of each what state it means; a build warns of each until then"));
        }
    }

    private void AddNumber(ProposalObject status, StatusCandidate found, string member, params string[] known)
    {
        if (found.Values.Find(value => value.IsNumber && known.Contains(value.Name)) is not { } number)
            return;
        Propose(status, "status", member, number.Pointer, "it has this name");
        var schema = number.Schemas.Find(one => one.Node["maximum"].Raw == "100" || (one.Node["description"].String ?? "").Contains("100"));
        if (member == "progress" && schema.Exists)
            Propose(status, "status", "wholeProgress", 100, "the document says 100 of it");
    }

    private void AddFailure(ProposalObject status, StatusCandidate found)
    {
        foreach (var (member, known) in new[]
        {
            ("code", new[] { "error/code", "failure/code", "failure_code", "failureCode", "error_code", "errorCode", "failure_reason" }),
            (
                "message",
                ["error/message", "failure/message", "error_message", "errorMessage", "failure_message", "failure", "failure_reason", "error", "details"]
            ),
        })
        {
            var value = known.Select(name => found.Values.Find(value => value.Pointer == Parent(found.Word.Pointer) + "/" + name))
                .FirstOrDefault(value => value is not null && (value.IsText || value.IsNumber));
            if (value is not null)
                Propose(status["failure"], "status.failure", member, value.Pointer, "it has this name; say in 'kinds' what codes mean");
        }
    }

    private void AddResult(StatusCandidate found)
    {
        if (workflows?.ResultOf(found.Operation) is { Result: { } fetch } job && IsAboutOne(fetch))
            AddRequest(fetch, $"the workflow '{job.Workflow}' fetches it when the job has ended");
        else if (ResultValues.Of(found) is { } value)
            Propose(_root["result"], "result", "output", value.Pointer, "it has such a name; leave it out where the whole status is the result");
        else if (RelatedOf(found, "GET").Find(operation => ResultValues.IsDownload(operation.Path)) is { } download)
        {
            AddRequest(download, "its path says that it fetches what was made");
        }
    }

    private bool IsAboutOne(JobsOperation operation) => document.ParametersOf(operation) is { Count: 1 } parameters && parameters[0].IsPath;

    private void AddRequest(JobsOperation operation, string reason)
    {
        var request = new ProposalObject();
        request.Add("operation", operation.Name);
        var response = values.Of(document.ResponseOf(operation));
        if (document.ResponseOf(operation) is null)
            request.Add("isFile", true);
        _root["result"].Add("requests", new List<ProposalObject> { request });
        _facts.Add(new("result.requests", operation.Name, reason));
        if (response.Find(url => url.IsText && url.Name.EndsWith("url", StringComparison.OrdinalIgnoreCase)) is { } address)
            Propose(_root["result"], "result", "output", address.Pointer, "it looks like the address of what was made");
    }

    private void AddCancel(StatusCandidate found)
    {
        var cancel = RelatedOf(found, "POST", "DELETE", "PUT").Find(operation => operation.Path.IndexOf("cancel", StringComparison.OrdinalIgnoreCase) >= 0);
        if (cancel is not null)
        {
            var at = _root["cancel"];
            Propose(at, "cancel", "operation", cancel.Name, "its path says so");
            Propose(at, "cancel", "stops", "always", "nothing in the document says whether it stops jobs that run: 'queued' or 'never' are possible too");
        }
        else if (RelatedOf(found, "DELETE").FirstOrDefault() is { } delete)
        {
            var at = _root["cancel"];
            Propose(at, "cancel", "operation", delete.Name, "it deletes the job; remove 'cancel' where that is not meant for jobs that run");
            Propose(at, "cancel", "stops", "never", "nothing in the document says that it stops the work: 'always' and 'queued' are possible too");
            Propose(at, "cancel", "deletesEnded", true, "so it is never sent to a job that has ended");
        }
    }

    /// <summary>The operations of methods about the same job: with its id as their only parameter, below the same path.</summary>
    private List<JobsOperation> RelatedOf(StatusCandidate found, params string[] methods)
    {
        var collection = OperationNames.WordsOf(OperationNames.CollectionOf(found.Operation.Path));
        return document.Operations.Where(operation => methods.Contains(operation.Method) && operation != found.Operation
            && document.ParametersOf(operation) is { Count: 1 } parameters && parameters[0].IsPath && parameters[0].Name == found.Parameter
            && OperationNames.WordsOf(operation.Path).FirstOrDefault() == collection.FirstOrDefault()
            && (operation.Path.StartsWith(found.Operation.Path, StringComparison.Ordinal) || collection.Count > 1
                || operation.Path.EndsWith("}", StringComparison.Ordinal)))
            .ToList();
    }

    private void Propose(ProposalObject at, string section, string member, object value, string reason)
    {
        at.Add(member, value);
        var text = value switch { IReadOnlyList<string> texts => string.Join(", ", texts), bool flag => flag ? "true" : "false", _ => value.ToString() };
        _facts.Add(new(section + "." + member, text, reason));
    }

    private static string Parent(string pointer) => pointer.Substring(0, Math.Max(pointer.LastIndexOf('/'), 0));
}
