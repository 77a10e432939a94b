namespace Zoetrope.Cli;

/// <summary>The user interrupted, and what became of it is to be told.</summary>
internal sealed class InterruptedException(string message, Exception innerException) : Exception(message, innerException);
