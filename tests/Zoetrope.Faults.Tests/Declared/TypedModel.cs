using Zoetrope.Clients;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Models;

namespace Zoetrope.Faults.Tests;

/// <summary>The typed members of a model, whose types no list of the tests has.</summary>
internal abstract class TypedModel
{
    public static TypedModel Of(ModelEndpoint endpoint) => (TypedModel)Activator.CreateInstance(
        typeof(Typed<,>).MakeGenericType(endpoint.GetType().GetGenericArguments()), endpoint)!;

    /// <summary>Submits a job.</summary>
    public abstract Task<JobHandle> SubmitAsync(MediaClient client, RawJson input);

    /// <summary>Submits a job, and waits for its result.</summary>
    public abstract Task<RawJson> RunAsync(MediaClient client, RawJson input);

    /// <summary>Waits for the result of a job.</summary>
    public abstract Task<RawJson> WaitAsync(MediaClient client, JobHandle handle);

    private sealed class Typed<TRequest, TResult>(ModelEndpoint<TRequest, TResult> endpoint) : TypedModel
        where TRequest : class, IModelRequest<TRequest>
        where TResult : IJsonModel<TResult>
    {
        public override async Task<JobHandle> SubmitAsync(MediaClient client, RawJson input) =>
            (await client.Model(endpoint).SubmitAsync(input.Deserialize<TRequest>())).Handle;

        public override async Task<RawJson> RunAsync(MediaClient client, RawJson input) =>
            (await client.Model(endpoint).RunAsync(input.Deserialize<TRequest>(), wait: FalCalls.Patient())).Raw;

        public override async Task<RawJson> WaitAsync(MediaClient client, JobHandle handle) =>
            (await client.Model(endpoint).Resume(handle).WaitAsync(FalCalls.Patient())).Raw;
    }
}
