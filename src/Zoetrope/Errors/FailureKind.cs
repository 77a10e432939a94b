namespace Zoetrope.Errors;

/// <summary>The kinds of reason why a job failed, where a provider's words distinguish them.</summary>
public enum FailureKind
{
    /// <summary>The provider does not say, or says something that is not known.</summary>
    Unknown,

    /// <summary>The input is not valid.</summary>
    InvalidInput,

    /// <summary>The input or the result was refused for what it shows.</summary>
    Moderated,

    /// <summary>The provider had no capacity.</summary>
    Capacity,

    /// <summary>The account could not be charged.</summary>
    Charging,

    /// <summary>The job took too long.</summary>
    Timeout,

    /// <summary>The model or the service failed.</summary>
    Provider,

    /// <summary>The job, or its result, is no longer kept.</summary>
    Expired,
}
