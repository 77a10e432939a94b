using System.ComponentModel;
using Zoetrope.Json;

namespace Zoetrope.CodeGen.Jobs;

/// <summary>What a response of a declared job protocol says about a job. Generated code fills it; <see cref="DeclaredProtocol"/> interprets it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct JobFields
{
    /// <summary>The id of the job.</summary>
    public string? Id { get; set; }

    /// <summary>The provider's name of the model.</summary>
    public string? Model { get; set; }

    /// <summary>The provider's word for the state.</summary>
    public string? Word { get; set; }

    /// <summary>The address under which the status can be requested.</summary>
    public string? StatusUrl { get; set; }

    /// <summary>The code of an error inside a response with a 2xx status.</summary>
    public string? ErrorCode { get; set; }

    /// <summary>The message of that error.</summary>
    public string? ErrorMessage { get; set; }

    /// <summary>The code of the reason why the job failed.</summary>
    public string? FailureCode { get; set; }

    /// <summary>The reason why the job failed, in words.</summary>
    public string? FailureMessage { get; set; }

    /// <summary>The cost.</summary>
    public decimal? Cost { get; set; }

    /// <summary>The unit of the cost, where the response states it.</summary>
    public string? CostUnit { get; set; }

    /// <summary>How much of the job is done, in the provider's scale.</summary>
    public decimal? Progress { get; set; }

    /// <summary>The number of jobs ahead in the queue.</summary>
    public int? QueuePosition { get; set; }

    /// <summary>The number of seconds that the job is expected to take.</summary>
    public decimal? ExpectedSeconds { get; set; }

    /// <summary>The result, or the part of it that this response has.</summary>
    public RawJson? Output { get; set; }

    /// <summary>The address or the cursor of the next page of a list.</summary>
    public string? Next { get; set; }

    /// <summary>Whether a list has further pages.</summary>
    public string? More { get; set; }

    /// <summary>When the job was created.</summary>
    public string? CreatedAt { get; set; }

    /// <summary>When the files of the result expire.</summary>
    public string? ExpiresAt { get; set; }

    /// <summary>The first value that a later request needs, such as the id of a file.</summary>
    public string? First { get; set; }

    /// <summary>The second value that a later request needs.</summary>
    public string? Second { get; set; }
}
