using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Zoetrope.Ledger.Tests;

/// <summary>What the ledger logs in a host.</summary>
internal sealed class LedgerLog : ILoggerProvider
{
    /// <summary>The lines: id, level, category and text.</summary>
    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Logger(Lines, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<string> lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (category.StartsWith("Zoetrope", StringComparison.Ordinal))
                lines.Enqueue($"{eventId.Id} {logLevel} {category}: {formatter(state, exception)}");
        }
    }
}
