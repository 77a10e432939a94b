using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Jobs;

namespace Zoetrope.CodeGen.Jobs;

/// <content>What the generated class says about its provider.</content>
public abstract partial class DeclaredProtocol
{
    /// <summary>How to cancel a job.</summary>
    protected virtual CancelMeaning CancelMeaning => CancelMeaning.None;

    /// <summary>Whether the state is the HTTP status of the response to the status request.</summary>
    protected virtual bool HasStatusCodeWords => false;

    /// <summary>The response header with the id of a submitted job; null where the body has it.</summary>
    protected virtual string? IdHeader => null;

    /// <summary>Whether a submit can name a webhook.</summary>
    protected virtual bool HasWebhooks => false;

    /// <summary>Whether a submit can name the secret of its webhook.</summary>
    protected virtual bool HasWebhookSecrets => false;

    /// <summary>Reads the body of a webhook: it is that of a status unless the declaration says otherwise.</summary>
    protected virtual void ReadWebhook(ref Utf8JsonReader reader, ref JobFields job) => ReadStatus(ref reader, ref job);

    /// <summary>The id of the model that a provider's name of it means; null where several have that name.</summary>
    protected virtual string? EndpointOf(string model) => model;

    /// <summary>Whether the body of a webhook has the result although the status has not.</summary>
    protected virtual bool HasWebhookOutput => ResultRequests == 0;

    /// <summary>The number of requests that fetch the result after the job has completed; 0 where the status contains it.</summary>
    protected virtual int ResultRequests => 0;

    /// <summary>The headers that every request has.</summary>
    protected virtual IReadOnlyList<KeyValuePair<string, string>> ConstantHeaders => [];

    /// <summary>Writes the body of a submit, and returns its path.</summary>
    /// <param name="endpointId">The id of the model.</param>
    /// <param name="body">The body.</param>
    /// <exception cref="ArgumentException">The protocol does not know the model.</exception>
    protected abstract string WriteSubmit(string endpointId, SubmitBody body);

    /// <summary>Reads the response to a submit.</summary>
    protected abstract void ReadReceipt(ref Utf8JsonReader reader, ref JobFields job);

    /// <summary>The path of the status request.</summary>
    protected abstract string StatusPath(JobHandle handle);

    /// <summary>The JSON body of the status request; null where it is a GET.</summary>
    protected virtual string? StatusBody(JobHandle handle) => null;

    /// <summary>Reads the response to the status request.</summary>
    protected abstract void ReadStatus(ref Utf8JsonReader reader, ref JobFields job);

    /// <summary>The state that a word of the provider means. A word that is not declared means running.</summary>
    protected abstract JobState StateOf(string word);

    /// <summary>Whether the declaration says what a word means.</summary>
    protected abstract bool IsDeclared(string word);

    /// <summary>The kind of a failure.</summary>
    /// <param name="word">The provider's word for the state; empty where an error is not that of a job.</param>
    /// <param name="code">The code of the reason, where there is one.</param>
    protected virtual FailureKind KindOf(string word, string? code) => FailureKind.Unknown;

    /// <summary>The state that a word of a delivery means: that of a status, unless the declaration has words for deliveries.</summary>
    protected virtual JobState DeliveredStateOf(string word) => StateOf(word);

    /// <summary>The kind of a failure that a delivery reports.</summary>
    /// <param name="word">The provider's word for the state.</param>
    /// <param name="code">The code of the reason, where there is one.</param>
    protected virtual FailureKind DeliveredKindOf(string word, string? code) => KindOf(word, code);

    /// <summary>Whether a response with a 2xx status reports an error.</summary>
    /// <param name="isSubmit">Whether it is the response to a submit.</param>
    /// <param name="job">What it says.</param>
    protected virtual bool IsError(bool isSubmit, in JobFields job) => false;

    /// <summary>The cost that a response states.</summary>
    /// <param name="isSubmit">Whether it is the response to a submit.</param>
    /// <param name="job">What it says; <see cref="JobFields.Cost"/> is set.</param>
    protected virtual JobMetrics CostOf(bool isSubmit, in JobFields job) => JobMetrics.None;

    /// <summary>The fraction of the job that is done, from 0 to 1, of the provider's number.</summary>
    protected virtual double ProgressOf(decimal progress) => (double)progress;

    /// <summary>The path of a request for the result; null where a value that it needs is missing.</summary>
    /// <param name="index">The number of the request, from 0.</param>
    /// <param name="handle">The job.</param>
    /// <param name="job">What the responses so far say.</param>
    protected virtual string? ResultPath(int index, JobHandle handle, in JobFields job) => null;

    /// <summary>Reads the response to a request for the result.</summary>
    protected virtual void ReadResult(int index, ref Utf8JsonReader reader, ref JobFields job) => reader.Skip();

    /// <summary>Whether the response to a request for the result is a file.</summary>
    protected virtual bool IsFile(int index) => false;

    /// <summary>The media type of a result in base64; null where the result is not.</summary>
    protected virtual string? Base64MediaType => null;

    /// <summary>Whether the status or the last response for the result says when its files expire.</summary>
    protected virtual bool StatesExpiry => false;

    /// <summary>How long the files of a result are available at least, where no response says it; null where nothing is documented.</summary>
    protected virtual TimeSpan? FileLifetime => null;

    /// <summary>Whether the files of a result are served to requests with the key only.</summary>
    protected virtual bool FilesNeedKey => false;

    /// <summary>The number of lists of jobs that the provider has.</summary>
    protected virtual int Lists => 0;

    /// <summary>How the pages of a list follow each other.</summary>
    /// <param name="index">The number of the list, from 0.</param>
    protected virtual ListTraits TraitsOf(int index) => ListTraits.None;

    /// <summary>The path of a page.</summary>
    /// <param name="index">The number of the list, from 0.</param>
    /// <param name="options">Which jobs.</param>
    /// <param name="page">The cursor of the page, or the number of jobs before it; null for the first.</param>
    protected virtual string ListPath(int index, JobListOptions options, string? page) => throw new NotSupportedException();

    /// <summary>Reads a page: its items as the result, and where the next page is.</summary>
    protected virtual void ReadPage(int index, ref Utf8JsonReader reader, ref JobFields page) => reader.Skip();

    /// <summary>Reads an item of a list.</summary>
    protected virtual void ReadItem(int index, ref Utf8JsonReader reader, ref JobFields job) => reader.Skip();

    /// <summary>The request that cancels a job: its method, path and JSON body.</summary>
    protected virtual (HttpMethod Method, string Path, string? Body) CancelRequest(JobHandle handle) => throw new NotSupportedException();
}
