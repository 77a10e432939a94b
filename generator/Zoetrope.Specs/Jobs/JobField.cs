namespace Zoetrope.Specs.Jobs;

/// <summary>What a value in a response says about a job.</summary>
public enum JobField
{
    /// <summary>The id of the job.</summary>
    Id,

    /// <summary>The id of the job, where there is none in a place that is preferred.</summary>
    OtherId,

    /// <summary>The provider's name of the model.</summary>
    Model,

    /// <summary>The word for the state.</summary>
    Word,

    /// <summary>The address or the cursor of the next page of a list.</summary>
    Next,

    /// <summary>Whether a list has further pages.</summary>
    More,

    /// <summary>When the job was created.</summary>
    CreatedAt,

    /// <summary>When the files of the result expire.</summary>
    ExpiresAt,

    /// <summary>The address of the status.</summary>
    StatusUrl,

    /// <summary>The code of an error inside a response of success.</summary>
    ErrorCode,

    /// <summary>The message of that error.</summary>
    ErrorMessage,

    /// <summary>The code of the reason why the job failed.</summary>
    FailureCode,

    /// <summary>That reason in words.</summary>
    FailureMessage,

    /// <summary>The cost.</summary>
    Cost,

    /// <summary>The unit of the cost.</summary>
    CostUnit,

    /// <summary>How much of the job is done.</summary>
    Progress,

    /// <summary>The number of jobs ahead.</summary>
    QueuePosition,

    /// <summary>The number of seconds that the job is expected to take.</summary>
    ExpectedSeconds,

    /// <summary>The result.</summary>
    Output,

    /// <summary>The address to send a file to.</summary>
    Address,

    /// <summary>The fields of the form that has the file.</summary>
    Fields,

    /// <summary>The headers with which a file is sent.</summary>
    Headers,

    /// <summary>What requests refer to a file by.</summary>
    Reference,

    /// <summary>The first value that a later request needs.</summary>
    First,

    /// <summary>The second value that a later request needs.</summary>
    Second,
}

/// <summary>A value in a response.</summary>
/// <param name="Pointer">Where it is; <c>*</c> is each item of an array, of which the first with a value counts.</param>
/// <param name="Field">What it says.</param>
public sealed record FieldPointer(string Pointer, JobField Field);
