namespace Zoetrope.Simulator;

/// <summary>What a request asks of a provider.</summary>
public enum SimulatorOperation
{
    /// <summary>A job is submitted: fal's queue submit, Eachlabs' create.</summary>
    Submit,

    /// <summary>A job is run while the caller waits on the connection: fal's direct run, Eachlabs' <c>/v1/prediction/run</c>.</summary>
    DirectRun,

    /// <summary>The state of a job is asked for. At Eachlabs this brings the result too.</summary>
    Status,

    /// <summary>The result of a job is fetched; at Eachlabs <see cref="Status"/> does that.</summary>
    Result,

    /// <summary>A job is to be canceled.</summary>
    Cancel,

    /// <summary>A file that a result points to is fetched.</summary>
    File,

    /// <summary>Anything else: a path or method that the provider does not have.</summary>
    Other,

    /// <summary>A file is uploaded, or an address for one is asked for. It is not a submit.</summary>
    Upload,

    /// <summary>A model is run, and its result is sent in parts: fal's <c>/stream</c>. It is not a submit.</summary>
    Stream,

    /// <summary>The states of a job are sent as they change: fal's <c>/status/stream</c>.</summary>
    StatusStream,

    /// <summary>A token for streams and realtime connections is asked for. It is not a submit.</summary>
    Token,

    /// <summary>A realtime connection is opened. It is not a submit.</summary>
    Realtime,

    /// <summary>A browser asks whether a web page may send a request. It is not a submit, and only a fault that names it befalls it.</summary>
    Preflight,
}
