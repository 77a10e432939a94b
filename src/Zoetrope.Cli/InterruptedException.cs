namespace Zoetrope.Cli;

/// <summary>The user interrupted; the message reports the outcome.</summary>
internal sealed class InterruptedException(string message, Exception innerException) : Exception(message, innerException);
