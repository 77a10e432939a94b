using System.Globalization;
using System.Text.Json.Nodes;
using Zoetrope.Simulator.Endpoints;
using Zoetrope.Simulator.Files;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Jobs;
using Zoetrope.Specs.Jobs;

namespace Zoetrope.Simulator.Declared;

/// <summary>What a declared provider does with each request, as far as its declaration says it.</summary>
internal sealed class DeclaredService(
    JobsDescription protocol, DeclaredModels models, JobStore jobs, FileStore files, WebhookSender webhooks, SimulatorOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Key, string Idempotency), SimulatedJob> _submits = [];
    private readonly Dictionary<string, SimulatedJob> _ofOwnIds = new(StringComparer.Ordinal);
    private readonly DeclaredJob _says = new(protocol, jobs, options);
    private readonly DeclaredWebhooks _signs = new(protocol.WebhookSignature, options.TimeProvider);

    /// <summary>The errors of the provider.</summary>
    public DeclaredErrors Errors { get; } = new(protocol);

    /// <summary>Rejects a request without the key or the headers that every request has; null when it has them.</summary>
    public SimulatedResponse? Refuse(IncomingRequest request) => Key(request) switch
    {
        null => Errors.Make(401, $"The key is missing: the header {protocol.AuthHeader} must be '{protocol.AuthPrefix}' and the key."),
        Credentials.Bad => Errors.Make(401, "The key is not valid."),
        _ => protocol.Headers.FirstOrDefault(header => request.Header(header.Name) != header.Text) is { } missing
            ? Errors.Make(400, $"The header {missing.Name} must be '{missing.Text}'.")
            : null,
    };

    /// <summary>
    /// The endpoint that a submit names in its address or in JSON; null where it names none, or is a form that only its constants distinguish.
    /// </summary>
    public static string? EndpointOf(IncomingRequest request, List<(DeclaredModel Model, Dictionary<string, string> Values)> candidates)
    {
        var named = candidates.FindAll(candidate => candidate.Model.IsNamedBy(candidate.Values)).ConvertAll(candidate => candidate.Model);
        var model = named.Count == 1 ? named[0]
            : request.ReadJson(out _) is JsonObject body ? named.Find(candidate => candidate.Mismatch(body) is null)
            : null;
        return model?.Model.Endpoint.Id;
    }

    /// <summary>Accepts a job.</summary>
    /// <param name="request">The request.</param>
    /// <param name="candidates">The models that its operation submits, with the values in its address.</param>
    /// <param name="failure">How the job is to fail, or null.</param>
    /// <param name="cancellationToken">Stops the reading of a form.</param>
    public async ValueTask<SimulatedResponse> SubmitAsync(
        IncomingRequest request, List<(DeclaredModel Model, Dictionary<string, string> Values)> candidates, JobFailure? failure,
        CancellationToken cancellationToken)
    {
        if (Refuse(request) is { } refused)
            return refused;
        var named = candidates.FindAll(candidate => candidate.Model.IsNamedBy(candidate.Values)).ConvertAll(candidate => candidate.Model);
        if (named.Count == 0)
            return Errors.Make(
                404, $"{request.Path} is not the path of a model whose document this simulator has. {models.Reason(candidates[0].Values, request)}");
        var (body, isForm, problem) = await BodyAsync(request, cancellationToken);
        if (body is null)
            return Errors.Make(400, problem);
        if (isForm)
            FormBody.Open(body, protocol.Extras.Where(extra => extra.Name.Count > 1).Select(
                extra => extra.Name[0]).Concat(named.Where(model => model.Model.Submit.InputPath.Count > 0).Select(model => model.Model.Submit.InputPath[0])));
        if (named.Find(candidate => candidate.Mismatch(body) is null) is not { } model)
            return Errors.Validation([named[0].Mismatch(body)!]);
        if (model.InputOf(body, protocol.Extras, out var misplaced) is not { } input)
            return Errors.Validation([misplaced!]);
        var endpoint = await model.EndpointAsync();
        if (isForm)
            input = FormBody.Typed(input, endpoint.Input.Schema);
        if (endpoint.Input.Check(input) is { Count: > 0 } problems)
            return Errors.Validation(problems);
        var webhook = Extra(protocol.Webhook, request, body);
        if (webhook is not null && !(Uri.TryCreate(webhook, UriKind.Absolute, out var receiver) && receiver.Scheme is "http" or "https"))
            return Errors.Make(400, $"The webhook '{webhook}' is not a valid URL.");
        var secret = Extra(protocol.WebhookSecret, request, body) ?? options.WebhookSecret;
        string? unusable = null;
        (Uri, Func<byte[], IReadOnlyList<KeyValuePair<string, string>>>?)? hook = webhook is null ? null : (new(webhook), _signs.Signer(secret, out unusable));
        return unusable is null
            ? Accept(
                request, model, endpoint, input, hook, Extra(protocol.Idempotency, request, body), Extra(protocol.OwnId, request, body), failure)
            : Errors.Make(400, unusable);
    }

    /// <summary>The state of a job.</summary>
    public SimulatedResponse Status(Dictionary<string, string> values)
    {
        if (Find(values) is not { } job)
            return NotFound(values);
        var phase = job.PhaseAt(jobs.Now);
        if (_says.WordOf(phase) is not { } word)
            return phase == JobPhase.Canceled ? NotFound(values) : Errors.Make(500, "The job failed.");
        return SimulatedResponse.Json(
            protocol.HasStatusCodeWords ? int.Parse(word, CultureInfo.InvariantCulture) : 200, _says.StatusBody(job, phase));
    }

    /// <summary>The response to one of the requests for the result.</summary>
    public SimulatedResponse Result(ResultRequest result, Dictionary<string, string> values)
    {
        if (Find(values) is not { } job)
            return NotFound(values);
        if (job.PhaseAt(jobs.Now) != JobPhase.Succeeded)
            return Errors.Make(404, $"The job '{job.Id}' has no result.");
        if (!result.IsFile)
            return SimulatedResponse.Json(200, _says.ResultBody(job, result.Fields));
        return files.Open(job.Result) ?? SimulatedResponse.Json(200, job.Result);
    }

    /// <summary>A list of the jobs of a key, in one page.</summary>
    public SimulatedResponse List(ListRule list, IncomingRequest request)
    {
        var made = jobs.Of(protocol.Provider, Key(request)!).AsEnumerable();
        if (list.CreatedAfter is { } after && DateTimeOffset.TryParse(request.Query(after), CultureInfo.InvariantCulture, out var since))
            made = made.Where(job => job.Times.Created >= since);
        if (list.ModelFilter is { } filter && request.Query(filter) is { Length: > 0 } name)
            made = made.Where(job => models.All.Any(model => model.Model.Value == name && model.Model.Endpoint.Id == job.Endpoint.Id));
        // One of several lists has the jobs whose status is at its own path.
        if (protocol.Lists.Count > 1)
            made = made.Where(job => models.All.Any(model => model.Model.Endpoint.Id == job.Endpoint.Id && IsBelow(model, list)));
        if (list.Offset is { } offset && int.TryParse(request.Query(offset), CultureInfo.InvariantCulture, out var before))
            made = made.Skip(before);
        return SimulatedResponse.Json(200, _says.ListBody(list, made));
    }

    private bool IsBelow(DeclaredModel model, ListRule list) => (model.Model.Status ?? protocol.Status).Path[0].Text.StartsWith(
        list.Request.Path[0].Text.Split('?')[0], StringComparison.Ordinal);

    /// <summary>Cancels a job, which means what the declaration says.</summary>
    public SimulatedResponse Cancel(Dictionary<string, string> values)
    {
        if (Find(values) is not { } job)
            return NotFound(values);
        var phase = job.PhaseAt(jobs.Now);
        if (phase is not (JobPhase.Queued or JobPhase.Running))
        {
            if (!protocol.CancelDeletesEnded)
                return Errors.Make(409, $"The job '{job.Id}' has ended.");
            jobs.Remove(job);
            return Canceled(job, phase);
        }
        if (protocol.CancelsOnlyQueued && phase != JobPhase.Queued)
            return Errors.Make(409, $"The job '{job.Id}' has started.");
        // A mark on the record shows only where there is a word for it; the job continues without one.
        if (!protocol.CancelsOnlyRecord || _says.WordOf(JobPhase.Canceled) is not null)
            job.TryCancel(jobs.Now);
        return Canceled(job, job.PhaseAt(jobs.Now));
    }

    private static async ValueTask<(JsonObject? Body, bool IsForm, string Problem)> BodyAsync(IncomingRequest request, CancellationToken cancellationToken)
    {
        try
        {
            if (await FormBody.ReadAsync(request, cancellationToken) is { } form)
                return (form, true, "");
        }
        catch (InvalidDataException exception)
        {
            return (null, true, exception.Message);
        }
        var json = request.ReadJson(out var problem);
        return (json as JsonObject, false, problem ?? "The body is not a JSON object.");
    }

    private SimulatedResponse Canceled(SimulatedJob job, JobPhase phase) => protocol.Cancel?.Method == "DELETE"
        ? new SimulatedResponse(204, [], null)
        : SimulatedResponse.Json(200, _says.StatusBody(job, phase));

    private SimulatedResponse Accept(
        IncomingRequest request, DeclaredModel model, SimulatedEndpoint endpoint, JsonObject input,
        (Uri Url, Func<byte[], IReadOnlyList<KeyValuePair<string, string>>>? Sign)? webhook, string? idempotency, string? ownId,
        JobFailure? failure)
    {
        var key = Key(request)!;
        SimulatedJob? job;
        lock (_gate)
        {
            if (idempotency is not null && _submits.TryGetValue((key, idempotency), out job))
                return Receipt(request, model, job);
            if (ownId is not null && _ofOwnIds.ContainsKey(ownId))
                return Errors.Make(400, $"There is a job with the id '{ownId}'.");
            if (options.EnforceLimits && OverLimit(key) is { } limited)
                return limited;
            job = jobs.Add(endpoint, input, key, request.BaseUrl, failure);
            if (idempotency is not null)
                _submits.Add((key, idempotency), job);
            if (ownId is not null)
                _ofOwnIds.Add(ownId, job);
        }
        if (webhook is var (url, sign))
            webhooks.Schedule(job, url, ended => _says.WebhookBody(ended, !ended.Fails ? JobPhase.Succeeded : JobPhase.Failed), sign);
        return Receipt(request, model, job);
    }

    private SimulatedResponse Receipt(IncomingRequest request, DeclaredModel model, SimulatedJob job) =>
        _says.Receipt(job, $"{request.BaseUrl}/{protocol.Provider}{Address(model, job)}");

    /// <summary>The path and query of a job's status.</summary>
    private string Address(DeclaredModel model, SimulatedJob job) => string.Concat((model.Model.Status ?? protocol.Status).Path.Select(part => part.Kind switch
    {
        PartKind.Text => part.Text,
        PartKind.Job => Uri.EscapeDataString(job.Id),
        PartKind.ModelSegment => Uri.EscapeDataString(model.Model.Value.Split('/')[part.Index]),
        _ => string.Join('/', model.Model.Value.Split('/').Select(Uri.EscapeDataString)),
    }));

    private SimulatedResponse? OverLimit(string key)
    {
        var (inFlight, lastMinute) = jobs.Load(protocol.Provider, key);
        if (lastMinute >= protocol.CreatesPerMinute)
            return Errors.Make(429, $"The limit is {protocol.CreatesPerMinute} jobs a minute.").With("Retry-After", "1");
        return inFlight >= protocol.InFlight
            ? Errors.Make(429, $"The limit is {protocol.InFlight} jobs in flight.").With("Retry-After", "1")
            : null;
    }

    private SimulatedJob? Find(Dictionary<string, string> values)
    {
        if (DeclaredJob.IdIn(values) is not { } id || (jobs.Find(protocol.Provider, id) ?? OfOwnId(id)) is not { } job)
            return null;
        var model = models.All.First(model => model.Model.Endpoint.Id == job.Endpoint.Id);
        return model.IsNamedBy(values) ? job : null;
    }

    private SimulatedJob? OfOwnId(string id)
    {
        lock (_gate)
            return _ofOwnIds.GetValueOrDefault(id);
    }

    private SimulatedResponse NotFound(Dictionary<string, string> values) => Errors.NotFound(DeclaredJob.IdIn(values) ?? "");

    private string? Key(IncomingRequest request) =>
        request.Header(protocol.AuthHeader) is { } header && header.StartsWith(protocol.AuthPrefix, StringComparison.OrdinalIgnoreCase)
            && header[protocol.AuthPrefix.Length..].Trim() is { Length: > 0 } key
            ? key
            : null;

    private static string? Extra(ExtraRule? rule, IncomingRequest request, JsonObject body)
    {
        var text = rule?.Where switch
        {
            null => null,
            "query" => request.Query(rule.Name[0]),
            "header" => request.Header(rule.Name[0]),
            _ => InBody(),
        };
        return string.IsNullOrEmpty(text) ? null : text;

        string? InBody()
        {
            JsonNode? at = body;
            foreach (var step in rule.Name)
                at = (at as JsonObject)?[step];
            return at?.ToString();
        }
    }
}
