using System.Net;
using System.Text.Json;
using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Routing;

/// <summary>The choice of a provider for one job: it rules out candidates stage by stage, and submits to those that are left, one after the other.</summary>
internal sealed class RouteChoice
{
    private readonly NeutralModel _model;
    private readonly RouteOptions _options;
    private readonly List<RouteCandidate> _candidates;
    private readonly List<RouteRuling> _ruledOut = [];
    private readonly List<string> _notes = [];
    private readonly List<ZoetropeException> _reasons = [];
    private readonly List<string> _providers;
    private string? _chosen;

    public RouteChoice(NeutralModel model, List<RouteCandidate> served, RouteOptions options, RouteHistory history, RawJson request)
    {
        _model = model;
        _options = options;
        if (served.Count == 0)
            throw new ArgumentException(
                $"The router has no client for a provider that serves {model.Name}; the providers are: {string.Join(", ", model.Providers)}.", nameof(model));
        if (options.PreferredProvider is { } preferred && !served.Exists(candidate => candidate.Provider == preferred))
            throw new ArgumentException($"{preferred} is preferred, but does not serve {model.Name} or has no client in the router.", nameof(options));
        foreach (var provider in model.Providers)
        {
            if (!served.Exists(candidate => candidate.Provider == provider))
                _ruledOut.Add(new(RouteStage.Client, provider, model.EndpointId(provider), $"The router has no client for {provider}."));
        }
        var allowed = served.FindAll(IsAllowed);
        _candidates = RouteOrder.Of(allowed, options, history, request, _notes);
        if (!options.AllowFallback)
        {
            foreach (var other in _candidates.Skip(1))
                RuleOut(other, RouteStage.Policy, $"{other.Provider} is not tried, because {_candidates[0].Provider} is before it and no fallback is allowed.");
            _candidates.RemoveRange(Math.Min(1, _candidates.Count), Math.Max(0, _candidates.Count - 1));
        }
        _providers = _candidates.ConvertAll(static candidate => candidate.Provider);
    }

    /// <summary>The client that accepted the job.</summary>
    public MediaClient? Chosen { get; private set; }

    /// <summary>Deviations from what was requested.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>What was ruled out so far, and why.</summary>
    public RouteReport Report() => new(_model.Name, _providers, _chosen, [.. _ruledOut], _notes);

    /// <summary>Submits the job to the first candidate that supports and accepts it.</summary>
    public async Task<JobSession> SubmitAsync(WaitOptions? wait, CancellationToken ct)
    {
        var isSeveral = _candidates.Count > 1;
        // Candidates that would omit something come after those that have every parameter.
        var later = new Queue<(RouteCandidate Candidate, MappedRequest Mapped)>();
        for (var i = 0; i < _candidates.Count || later.Count > 0; i++)
        {
            var isDeferred = i >= _candidates.Count;
            var (candidate, mapped) = isDeferred ? later.Dequeue() : (_candidates[i], Mapped(_candidates[i], isSeveral));
            if (mapped is null)
                continue;
            var submit = _options.SubmitOptionsSelector?.Invoke(candidate.Provider) ?? _options.Submit;
            if (!IsSupported(candidate, mapped, submit))
                continue;
            if (!isDeferred && mapped.Warnings.Count > 0 && candidate.Provider != _options.PreferredProvider && i + 1 < _candidates.Count)
            {
                later.Enqueue((candidate, mapped));
                continue;
            }
            var isLast = isDeferred ? later.Count == 0 : i + 1 == _candidates.Count && later.Count == 0;
            try
            {
                // If there is another provider to try, a slot is waited for only as long as a submit may take.
                var session = await candidate.Client!
                    .SubmitSessionAsync(candidate.EndpointId, mapped.Input, mapped.Request, submit, isLast ? wait : null, ct).ConfigureAwait(false);
                _chosen = candidate.Provider;
                Chosen = candidate.Client;
                foreach (var (other, omitting) in later)
                    RuleOut(other, RouteStage.Request, $"{omitting.Missing}, and {candidate.Provider} has everything that is given.");
                Warnings.AddRange(mapped.Warnings);
                return session;
            }
            catch (CostLimitException exception)
            {
                Refuse(candidate, RouteStage.Cost, exception.Message, exception);
            }
            catch (SubmitException exception) when (isSeveral && MayGoElsewhere(exception))
            {
                Refuse(candidate, RouteStage.Submit, exception.Message, exception);
            }
            catch (ArgumentException exception) when (!isLast)
            {
                // An option that this provider does not have, such as a webhook: nothing was sent.
                Refuse(candidate, RouteStage.Request, exception.Message);
            }
            catch (ZoetropeException exception)
            {
                _chosen = candidate.Provider;
                exception.Route = Report();
                throw;
            }
        }
        throw Failure();
    }

    // Members whose types the provider's input cannot have, such as extras that were given for it.
    private MappedRequest? Mapped(RouteCandidate candidate, bool isSeveral)
    {
        try
        {
            return candidate.Map!();
        }
        catch (JsonException exception) when (isSeveral)
        {
            Refuse(candidate, RouteStage.Request, $"{candidate.Provider} cannot take the request: {exception.Message}");
            return null;
        }
    }

    private ZoetropeException Failure()
    {
        var report = Report();
        // One provider alone says best itself what is wrong.
        var failure = _reasons.Count == 1 && _providers.Count == 1 ? _reasons[0] : new RoutingException(report);
        failure.Route = report;
        return failure;
    }

    private bool IsAllowed(RouteCandidate candidate)
    {
        var isDenied = RouteOrder.Has(_options.Deny, candidate.Provider);
        if (!isDenied && (_options.Allow is null || RouteOrder.Has(_options.Allow, candidate.Provider)))
            return true;
        RuleOut(candidate, RouteStage.Policy, $"{candidate.Provider} is {(isDenied ? "denied" : "not among the allowed providers")}.");
        return false;
    }

    private bool IsSupported(RouteCandidate candidate, MappedRequest mapped, SubmitOptions? submit)
    {
        var result = submit is null or { Validate: true } ? mapped.Validation : new ValidationResult(mapped.Lost);
        if (!result.IsValid)
        {
            // The request is valid: only this provider does not support it.
            var what = $"{candidate.Provider} does not support the request: {string.Join("; ", result.Issues)}.";
            Refuse(candidate, RouteStage.Request, what, new RequestValidationException(result));
            return false;
        }
        if (!_options.RequireAllParameters || mapped.Warnings.Count == 0)
            return true;
        RuleOut(candidate, RouteStage.Request, $"{mapped.Missing}, and all parameters are required.");
        return false;
    }

    /// <summary>Rules out a candidate that would have been next, which is a deviation from the order.</summary>
    private void Refuse(RouteCandidate candidate, RouteStage stage, string reason, ZoetropeException? exception = null)
    {
        RuleOut(candidate, stage, reason, exception);
        Warnings.Add(reason);
    }

    private void RuleOut(RouteCandidate candidate, RouteStage stage, string reason, ZoetropeException? exception = null)
    {
        _ruledOut.Add(new(stage, candidate.Provider, candidate.EndpointId, reason, exception));
        if (exception is not null)
            _reasons.Add(exception);
    }

    // A request that one provider refuses as invalid would be billed by the next, or refused as well: the caller has to decide.
    private static bool MayGoElsewhere(SubmitException exception) => exception.WasNotAccepted
        && exception.InnerException is not (TransportException { Failure: TransportFailure.Refused }
            or ServiceException { StatusCode: HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity });
}
