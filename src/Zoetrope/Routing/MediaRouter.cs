using Zoetrope.Json;

namespace Zoetrope;

/// <summary>
/// Runs neutral models at one of several providers. The order of the clients is the order of preference; another provider is tried only when the one before surely
/// did not accept the job, and not when it is the request that is wrong.
/// </summary>
/// <param name="clients">The clients, the preferred one first. They are not disposed with the router.</param>
public sealed class MediaRouter(params MediaClient[] clients)
{
    /// <summary>Binds a model to this router.</summary>
    public RoutedModel<TRequest, TResult> Model<TRequest, TResult>(NeutralModel<TRequest, TResult> model)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : class, IJsonModel<TResult> => new(this, model);

    /// <summary>Submits a job and waits for its result.</summary>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    /// <exception cref="SubmitException">The submit failed.</exception>
    /// <exception cref="JobException">Something went wrong after the submit; it carries the job's handle.</exception>
    public async Task<JobResult<TResult>> RunAsync<TRequest, TResult>(
        NeutralModel<TRequest, TResult> model, TRequest request, RouteOptions? options = null, CancellationToken ct = default)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : class, IJsonModel<TResult>
    {
        var job = await SubmitAsync(model, request, options, ct).ConfigureAwait(false);
        return await job.WaitAsync(options?.Wait, ct).ConfigureAwait(false);
    }

    /// <summary>Submits a job, and returns as soon as a provider has accepted it.</summary>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    /// <exception cref="SubmitException">The submit failed; it says whether a job may exist all the same.</exception>
    public async Task<Job<TResult>> SubmitAsync<TRequest, TResult>(
        NeutralModel<TRequest, TResult> model, TRequest request, RouteOptions? options = null, CancellationToken ct = default)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : class, IJsonModel<TResult>
    {
        var warnings = new List<string>();
        var client = clients[0];
        var route = model.RouteTo(client.Provider)!;
        var mapped = route.Map(request, warnings);
        mapped.Validation.ThrowIfInvalid();
        var session = await client.SubmitSessionAsync(route.EndpointId, mapped.Input, options?.Submit, ct).ConfigureAwait(false);
        return new Job<TResult>(session, route.ReadResult, warnings);
    }

    /// <summary>Submits a job whose neutral input is given as JSON, and whose neutral result is wanted as JSON: for programs that know the model only at run time.</summary>
    /// <exception cref="System.Text.Json.JsonException">The input is not an object.</exception>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    /// <exception cref="SubmitException">The submit failed; it says whether a job may exist all the same.</exception>
    public Task<Job<RawJson>> SubmitJsonAsync(NeutralModel model, RawJson input, RouteOptions? options = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.SubmitJsonAsync(this, input, options, ct);
    }

    /// <summary>A job that was submitted before, maybe by another process. Nothing is sent.</summary>
    /// <exception cref="ArgumentException">No client of this router, or no route of the model, is the handle's.</exception>
    public Job<TResult> Resume<TRequest, TResult>(NeutralModel<TRequest, TResult> model, JobHandle handle)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : class, IJsonModel<TResult>
    {
        ArgumentNullException.ThrowIfNull(handle);
        var route = model.RouteTo(handle.Provider);
        if (route is null || route.EndpointId != handle.EndpointId)
            throw new ArgumentException($"The handle is one of {handle.EndpointId} at {handle.Provider}, which is not the model {model.Name}.", nameof(handle));
        foreach (var client in clients)
        {
            if (client.Provider == handle.Provider)
                return client.Resume(handle, route.ReadResult);
        }
        throw new ArgumentException($"The router has no client of {handle.Provider}.", nameof(handle));
    }
}
