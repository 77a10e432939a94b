namespace Zoetrope.Extensions.AI.Jobs;

/// <summary>
/// Calls of loggers and of listeners of telemetry. They belong to the program, and are called when jobs may have been paid for: an exception of theirs replaces
/// neither a response nor the exception that has the handles, and is not propagated.
/// </summary>
internal static class Observers
{
    public static void Call(Action report)
    {
        try
        {
            report();
        }
        catch (Exception)
        {
            // See the remarks of the class.
        }
    }
}
