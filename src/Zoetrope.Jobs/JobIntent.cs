using Zoetrope.Json;
using Zoetrope.Models;

namespace Zoetrope.Jobs;

/// <summary>A job that shall run: what a ledger records before anything is sent.</summary>
public sealed record JobIntent
{
    /// <summary>Initializes a new instance of the <see cref="JobIntent"/> class for any model; the input is not validated.</summary>
    /// <param name="provider">The provider, such as <c>fal</c>.</param>
    /// <param name="endpointId">The provider's id of the model.</param>
    /// <param name="input">The input.</param>
    public JobIntent(string provider, string endpointId, RawJson input)
    {
        ArgumentException.ThrowIfNullOrEmpty(provider);
        ArgumentException.ThrowIfNullOrEmpty(endpointId);
        Provider = provider;
        EndpointId = endpointId;
        Input = input;
    }

    /// <summary>Initializes a new instance of the <see cref="JobIntent"/> class for a model whose inputs are validated.</summary>
    /// <param name="endpoint">The model.</param>
    /// <param name="input">The input.</param>
    public JobIntent(ModelEndpoint endpoint, RawJson input)
        : this((endpoint ?? throw new ArgumentNullException(nameof(endpoint))).Provider, endpoint.Id, input) => Endpoint = endpoint;

    /// <summary>Creates an intent from a typed request.</summary>
    /// <param name="endpoint">The model.</param>
    /// <param name="request">The request.</param>
    public static JobIntent Of<TRequest, TResult>(ModelEndpoint<TRequest, TResult> endpoint, TRequest request)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : IJsonModel<TResult> =>
        new(endpoint, RawJson.From(request));

    /// <summary>The provider.</summary>
    public string Provider { get; }

    /// <summary>The provider's id of the model.</summary>
    public string EndpointId { get; }

    /// <summary>The input.</summary>
    public RawJson Input { get; init; }

    /// <summary>
    /// What the input is, if that is not how it is written: by it the batch recognizes an input that it has. Set it where the same input is written differently
    /// each time, such as to the contents of files in place of the URLs that they were uploaded to. None by default: the input itself is compared.
    /// </summary>
    public RawJson? Identity { get; init; }

    /// <summary>
    /// The name of the model by which a job is recognized whichever provider runs it; null, the default, where the job is one of <see cref="Provider"/> and
    /// <see cref="EndpointId"/>. Set it where a job may go to any of several providers, so that programs with keys of different ones record it once.
    /// </summary>
    public string? IdentityModel { get; init; }

    /// <summary>
    /// Other intents that would be this job: where the batch has the job of one of them, at the provider that the other intent names, that job is returned, and
    /// this one is not recorded. Set it where the same job may have been asked for with and without <see cref="IdentityModel"/>. They must be of the same
    /// <see cref="Batch"/>. None by default. At PostgreSQL it concerns jobs that were recorded before, and those of the same list; two that are recorded at the
    /// same moment by different calls are distinguished there.
    /// </summary>
    public IReadOnlyList<JobIntent> Alternatives { get; init; } = [];

    /// <summary>
    /// The uploaded files that the input refers to, as <see cref="JobLedger.UploadAsync"/> returned them. The job is not sent when one of them has expired, and
    /// to no other server or account than theirs: it waits until it is recorded with files that are uploaded again, which then replace its input. None by
    /// default.
    /// </summary>
    public IReadOnlyList<LedgerUpload> Uploads { get; init; } = [];

    /// <summary>The model; null where this SDK does not know it.</summary>
    public ModelEndpoint? Endpoint { get; }

    /// <summary>The batch, whose jobs are counted, capped and made only once together; at most 200 characters. Empty by default.</summary>
    public string Batch { get; init; } = "";

    /// <summary>
    /// Whether the batch has this job only: whatever is recorded in it with this set, whichever provider, model and input, is the first job that was, and it
    /// is for the caller to compare its <see cref="LedgerJob.IdentityHash"/>. False by default.
    /// </summary>
    public bool IsOnlyOfBatch { get; init; }

    /// <summary>The caller's name for the job, after which files are named. None by default.</summary>
    public string? Label { get; init; }

    /// <summary>
    /// The most that the job may cost, in US dollars. By default it is estimated by the price rules of the model's document, without a call; null where those
    /// do not say. Such a job waits where a cap applies, unless the price that its provider publishes says it (<see cref="JobLedger.SetCapAsync"/>).
    /// </summary>
    public decimal? Ceiling { get; init; }

    /// <summary>Whether the job is made although its batch has one with the same input; false by default: that one is returned.</summary>
    public bool Again { get; init; }

    /// <summary>Computes the <see cref="LedgerJob.InputHash"/> of the job, by which a list of the provider's jobs is searched for it.</summary>
    public string ComputeInputHash() => InputHash.Of(Provider, EndpointId, Input);

    /// <summary>Computes the <see cref="LedgerJob.IdentityHash"/> of the job, by which a job that is made again is recognized as well.</summary>
    public string ComputeIdentityHash() =>
        IdentityModel is { } model ? InputHash.Of("", model, Identity ?? Input) : InputHash.Of(Provider, EndpointId, Identity ?? Input);

    /// <summary>Computes what is only once in a ledger, the <see cref="LedgerJob.UniqueKey"/> of a job that is not made again.</summary>
    public string ComputeUniqueKey() =>
        IsOnlyOfBatch ? JobLedger.UniqueKeyOf("", Batch) : JobLedger.UniqueKeyOf(ComputeIdentityHash(), Batch);
}
