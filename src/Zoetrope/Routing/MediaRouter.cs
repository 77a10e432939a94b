using System.Net;
using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Validation;

namespace Zoetrope.Routing;

/// <summary>
/// Runs neutral models at one of several providers. The order of the clients is the order of preference. Another provider is tried only if the previous one
/// definitely rejected the job for a reason other than the request itself, or does not support the valid request. What happened is a warning on the result.
/// </summary>
public class MediaRouter
{
    private readonly MediaClient[] _clients;

    /// <summary>Initializes a new instance of the <see cref="MediaRouter"/> class.</summary>
    /// <param name="clients">The clients in order of preference, one per provider. They are not disposed with the router.</param>
    public MediaRouter(params MediaClient[] clients)
    {
        ArgumentNullException.ThrowIfNull(clients);
        if (clients.Length == 0)
            throw new ArgumentException("A router needs at least one client.", nameof(clients));
        for (var i = 0; i < clients.Length; i++)
        {
            if (Array.FindIndex(clients, client => client.Provider == clients[i].Provider) != i)
                throw new ArgumentException($"There are two clients for {clients[i].Provider}; pass one per provider.", nameof(clients));
        }
        _clients = clients;
    }

    /// <summary>Binds a model to this router.</summary>
    public RoutedModel<TRequest, TResult> Model<TRequest, TResult>(NeutralModel<TRequest, TResult> model)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : class, IJsonModel<TResult> => new(this, model);

    /// <summary>Submits a job and waits for its result.</summary>
    /// <param name="model">The model.</param>
    /// <param name="request">The neutral input.</param>
    /// <param name="options">The options of the choice, the submit and the wait.</param>
    /// <param name="cancellationToken">A token to stop waiting; the job continues unless <see cref="WaitOptions.CancelJobOnAbort"/> is set.</param>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    /// <exception cref="SubmitException">The submit failed.</exception>
    /// <exception cref="RoutingException">Several providers were tried, and none accepted the job.</exception>
    /// <exception cref="JobException">The job or the wait failed after the submit; the exception carries the job's handle.</exception>
    public async Task<JobResult<TResult>> RunAsync<TRequest, TResult>(
        NeutralModel<TRequest, TResult> model, TRequest request, RouteOptions? options = null, CancellationToken cancellationToken = default)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : class, IJsonModel<TResult>
    {
        var wait = options?.Wait ?? new WaitOptions();
        var job = await SubmitAsync(model, request, options, wait, cancellationToken).ConfigureAwait(false);
        return await job.WaitAsync(wait, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Submits a job, and returns as soon as a provider has accepted it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="request">The neutral input.</param>
    /// <param name="options">The options of the choice and the submit.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    /// <exception cref="SubmitException">The submit failed; the exception says whether a job may exist nevertheless.</exception>
    /// <exception cref="RoutingException">Several providers were tried, and none accepted the job.</exception>
    /// <exception cref="ArgumentException">The router has no client for a provider that serves the model, or for the preferred one.</exception>
    public Task<Job<TResult>> SubmitAsync<TRequest, TResult>(
        NeutralModel<TRequest, TResult> model, TRequest request, RouteOptions? options = null, CancellationToken cancellationToken = default)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : class, IJsonModel<TResult> => SubmitAsync(model, request, options, null, cancellationToken);

    /// <summary>Submits a job whose neutral input and result are JSON, for programs that know the model only at run time.</summary>
    /// <exception cref="System.Text.Json.JsonException">The input is not an object.</exception>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    /// <exception cref="SubmitException">The submit failed; the exception says whether a job may exist nevertheless.</exception>
    public Task<Job<RawJson>> SubmitJsonAsync(NeutralModel model, RawJson input, RouteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.SubmitJsonAsync(this, input, options, cancellationToken);
    }

    /// <summary>Resumes a job that was submitted before, possibly by another process. Nothing is sent.</summary>
    /// <exception cref="ArgumentException">The router has no client for the handle's provider, or the model has no route to its endpoint.</exception>
    public Job<TResult> Resume<TRequest, TResult>(NeutralModel<TRequest, TResult> model, JobHandle handle)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : class, IJsonModel<TResult>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(handle);
        var route = model.RouteTo(handle.Provider);
        if (route is null || route.EndpointId != handle.EndpointId)
            throw new ArgumentException(
                $"The handle belongs to {handle.EndpointId} at {handle.Provider}, which does not serve the model {model.Name}.", nameof(handle));
        return ClientOf(handle.Provider) is { } client
            ? client.Resume(handle, route.ReadResult)
            : throw new ArgumentException($"The router has no client for {handle.Provider}.", nameof(handle));
    }

    private async Task<Job<TResult>> SubmitAsync<TRequest, TResult>(
        NeutralModel<TRequest, TResult> model, TRequest request, RouteOptions? options, WaitOptions? wait, CancellationToken ct)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : class, IJsonModel<TResult>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(request);
        options ??= new RouteOptions();
        if (options.Submit is null or { Validate: true })
            ValidationResult.Of(request).ThrowIfInvalid();
        var warnings = new List<string>();
        MappedRequest Map(string provider, List<string> notes) => model.RouteTo(provider)!.Map(request, notes);
        var session = await SubmitAsync(model, Map, options, wait, warnings, ct).ConfigureAwait(false);
        return new Job<TResult>(session, model.RouteTo(session.Handle.Provider)!.ReadResult, warnings);
    }

    private async Task<JobSession> SubmitAsync(
        NeutralModel model, Func<string, List<string>, MappedRequest> map, RouteOptions options, WaitOptions? wait, List<string> warnings, CancellationToken ct)
    {
        var candidates = Candidates(model, options);
        var reasons = new List<ZoetropeException>();
        foreach (var client in candidates)
        {
            var submit = options.SubmitOptionsSelector?.Invoke(client.Provider) ?? options.Submit;
            var notes = new List<string>();
            var mapped = map(client.Provider, notes);
            if (!mapped.Validation.IsValid && submit is null or { Validate: true })
            {
                // The request is valid: only this provider does not support it.
                reasons.Add(new RequestValidationException(mapped.Validation));
                warnings.Add($"{client.Provider} does not support the request: {string.Join("; ", mapped.Validation.Issues)}.");
                continue;
            }
            try
            {
                // If there is another provider to try, a slot is waited for only as long as a submit may take.
                var queue = client == candidates[^1] ? wait : null;
                var session = await client.SubmitSessionAsync(model.EndpointId(client.Provider), mapped.Input, submit, queue, ct).ConfigureAwait(false);
                warnings.AddRange(notes);
                return session;
            }
            catch (SubmitException exception) when (candidates.Count > 1 && MayGoElsewhere(exception))
            {
                reasons.Add(exception);
                warnings.Add(exception.Message);
            }
        }
        throw reasons.Count == 1 ? reasons[0] : new RoutingException(model.Name, warnings, reasons);
    }

    private List<MediaClient> Candidates(NeutralModel model, RouteOptions options)
    {
        var found = new List<MediaClient>(_clients.Length);
        foreach (var client in _clients)
        {
            if (!Serves(model, client.Provider))
                continue;
            if (client.Provider == options.PreferredProvider)
                found.Insert(0, client);
            else
                found.Add(client);
        }
        if (found.Count == 0)
            throw new ArgumentException(
                $"The router has no client for a provider that serves {model.Name}; the providers are: {string.Join(", ", model.Providers)}.", nameof(model));
        if (options.PreferredProvider is { } preferred && found[0].Provider != preferred)
            throw new ArgumentException($"{preferred} is preferred, but does not serve {model.Name} or has no client in the router.", nameof(options));
        if (!options.AllowFallback)
            found.RemoveRange(1, found.Count - 1);
        return found;
    }

    private static bool Serves(NeutralModel model, string provider)
    {
        foreach (var other in model.Providers)
        {
            if (other == provider)
                return true;
        }
        return false;
    }

    // A request that one provider refuses as invalid would be billed by the next, or refused as well: the caller has to decide.
    private static bool MayGoElsewhere(SubmitException exception) => exception.WasNotAccepted
        && exception.InnerException is not (TransportException { Failure: TransportFailure.Refused }
            or ServiceException { StatusCode: HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity });

    private MediaClient? ClientOf(string provider) => Array.Find(_clients, client => client.Provider == provider);
}
