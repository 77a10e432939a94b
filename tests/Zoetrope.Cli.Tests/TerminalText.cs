using System.Text;

namespace Zoetrope.Cli.Tests;

/// <summary>What a program writes to a terminal, as it comes.</summary>
internal sealed class TerminalText
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private readonly StringBuilder _text = new();
    private readonly SemaphoreSlim _came = new(0);
    private readonly Task _reading;
    private int _from;

    public TerminalText(StreamReader output) => _reading = ReadAsync(output);

    /// <summary>Waits for a text behind the one that was waited for before.</summary>
    public async Task UntilAsync(string text)
    {
        while (true)
        {
            lock (_text)
            {
                if (_text.ToString().IndexOf(text, _from, StringComparison.Ordinal) is >= 0 and var at)
                {
                    _from = at + text.Length;
                    return;
                }
            }
            if (_reading.IsCompleted || !await _came.WaitAsync(_patience))
                throw new InvalidOperationException($"'{text}' was not shown: {_text}");
        }
    }

    /// <summary>Waits for something new to be shown.</summary>
    public async Task QuietAsync()
    {
        int length;
        lock (_text)
            length = Math.Max(_from, _text.Length);
        while (_text.Length <= length && !_reading.IsCompleted && await _came.WaitAsync(_patience))
        {
        }
        lock (_text)
            _from = _text.Length;
    }

    /// <summary>All of it, when the program has ended.</summary>
    public async Task<string> AllAsync()
    {
        await _reading;
        return _text.ToString();
    }

    private async Task ReadAsync(StreamReader output)
    {
        var buffer = new char[1024];
        while (await output.ReadAsync(buffer) is > 0 and var count)
        {
            lock (_text)
                _text.Append(buffer, 0, count);
            _came.Release();
        }
        _came.Release();
    }
}
