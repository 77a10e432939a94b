using Zoetrope.Errors;

namespace Zoetrope.Uploads;

/// <summary>
/// A file was not uploaded. The exception says which step failed, and what may exist at the provider now. An upload is not part of a submit: nothing was
/// submitted, and nothing is billed for.
/// </summary>
public sealed class UploadException : ZoetropeException
{
    /// <summary>Initializes a new instance of the <see cref="UploadException"/> class.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="fileName">The name of the file.</param>
    /// <param name="step">The step that failed.</param>
    /// <param name="problem">The description of the failure.</param>
    /// <param name="remains">What may exist at the provider.</param>
    /// <param name="innerException">The reason.</param>
    public UploadException(
        string provider, string fileName, UploadStep step, string problem, UploadRemains remains = UploadRemains.Nothing, Exception? innerException = null)
        : base($"'{fileName}' was not uploaded to {provider}: {problem.TrimEnd('.')}.{Explain(remains, provider)} Nothing was submitted.", innerException)
    {
        Problem = problem;
        Provider = provider;
        FileName = fileName;
        Step = step;
        Remains = remains;
    }

    /// <summary>The provider.</summary>
    public string Provider { get; }

    /// <summary>What failed, without what surrounds it in the message.</summary>
    public string Problem { get; }

    /// <summary>The name of the file.</summary>
    public string FileName { get; }

    /// <summary>The step that failed.</summary>
    public UploadStep Step { get; }

    /// <summary>The number of the part that failed, from 1; null where the file is sent as a whole, or no part failed.</summary>
    public int? Part { get; init; }

    /// <summary>What may exist at the provider.</summary>
    public UploadRemains Remains { get; }

    /// <summary>The file as the provider had promised it before its content was sent; null where it had not.</summary>
    public UploadedFile? Promised { get; init; }

    private static string Explain(UploadRemains remains, string provider) => remains switch
    {
        UploadRemains.Nothing => "",
        UploadRemains.Parts => $" Parts of it exist at {provider}, but no file.",
        _ => $" The file may exist at {provider} all the same.",
    };
}

/// <summary>The steps of an upload.</summary>
public enum UploadStep
{
    /// <summary>The file itself, before anything was sent: it cannot be read, or is larger than the provider allows.</summary>
    Check,

    /// <summary>The request that asks the provider where to send the file.</summary>
    Initiate,

    /// <summary>Sending the content.</summary>
    Transfer,

    /// <summary>The request that makes a file of its parts.</summary>
    Complete,
}

/// <summary>What may exist at a provider after an upload has failed.</summary>
public enum UploadRemains
{
    /// <summary>Nothing of the file.</summary>
    Nothing,

    /// <summary>Parts of it, which the provider discards.</summary>
    Parts,

    /// <summary>The whole file may exist, or not.</summary>
    Unknown,
}
