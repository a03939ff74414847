namespace Nabla.Lessons;

internal static class LessonF3
{
    private const string Neuron = "w0 = 2\nx0 = -1\nw1 = -3\nx1 = -2\nw2 = -3\nf = sigmoid(w0 * x0 + w1 * x1 + w2)";

    public static Lesson Lesson { get; } = new(
        "F3",
        new("Gradient check", "기울기 검사"),
        new("Is the backward pass right? Move each number a little and see what really happens.", "역전파가 맞을까요? 수를 하나씩 조금 움직여 실제로 어떻게 되는지 봅니다."),
        new TextSection(
            """
            A wrong backward pass does not crash. The loss may even fall for a while, only not as fast as it could. So it has to be tested, and there is a test that needs no knowledge of the formulas: the
            meaning of a derivative itself.

            Move one number by a tiny h up, and by h down, and look at the result: **(f(x + h) − f(x − h)) / 2h**. This is the **central difference**. It is slow, two forward passes for
            each number, and it is not exact; but it cannot make the same mistake as the chain rule does. Backpropagation gets all gradients in one pass; the check takes thousands.

            If both agree to seven or eight digits, the gradient is right. Do it in double precision, and keep away from kinks such as ReLU at 0. Nabla checks all its operations and
            layers like this; the second table does it again while you read.
            """,
            """
            역전파가 틀려도 프로그램은 멈추지 않습니다. 손실이 한동안 줄어들기까지 합니다. 다만 제 속도가 나지 않을 뿐입니다. 그래서 검사가 필요한데, 식을 하나도 몰라도
            할 수 있는 검사가 있습니다. 미분의 뜻을 그대로 쓰는 것입니다.

            수 하나를 아주 작은 h만큼 올려 보고 내려 보아 결과를 견줍니다: **(f(x + h) − f(x − h)) / 2h**. 이것이 **중앙 차분**입니다. 수마다 순전파를 두 번씩 해야 하므로
            느리고 정확하지도 않습니다. 하지만 연쇄 법칙과 같은 실수를 할 수가 없습니다. 역전파는 한 번에 모든 기울기를 구하지만, 이 검사는 수천 번 계산합니다.

            둘이 일고여덟 자리까지 같으면 기울기가 맞습니다. 배정밀도로 계산하고, 0에서의 ReLU처럼 꺾인 곳은 피하세요. Nabla는 모든 연산과 계층을 이렇게 검사하며, 두
            번째 표는 지금 다시 검사한 결과입니다.
            """),
        new TableSection([new("value", "값"), new("backpropagation", "역전파"), new("central difference", "중앙 차분"), new("relative error", "상대 오차")], OneNeuron)
        {
            Title = new("The neuron of D3", "D3의 뉴런"),
        },
        new TableSection([new("layer or network", "계층 또는 신경망"), new("numbers checked", "검사한 수"), new("largest relative error", "최대 상대 오차")], Layers)
        {
            Title = new("Layers, and whole networks", "계층과 신경망 전체"),
        },
        new CodeSection("F3"),
        new QuizSection(
            "quiz-1",
            new("Why do we not train with central differences, if they are so reliable?", "중앙 차분이 그렇게 믿을 만하다면 왜 그것으로 학습하지 않을까요?"),
            [
                new("They need two forward passes for every single weight", "가중치 하나마다 순전파를 두 번 해야 해서"),
                new("They work for sums only", "덧셈에만 쓸 수 있어서"),
                new("They give the gradient's sign wrong", "기울기의 부호가 틀려서"),
            ],
            right: 0,
            new("With a million weights that is two million forward passes for one step. Backpropagation needs one backward pass.",
                "가중치가 백만 개이면 한 스텝에 순전파가 이백만 번 필요합니다. 역전파는 한 번이면 됩니다.")));

    private static RandomKey Key { get; } = RandomKey.FromSeed(7);

    private static IEnumerable<BilingualText[]> OneNeuron() => Expression.Parse(Neuron).Evaluate().Output.CheckGradients().Rows
        .Select(row => (BilingualText[])
        [
            row.Name, Written.Text(row.Backpropagation, 8), Written.Text(row.CentralDifference, 8), Written.Magnitude(row.RelativeError),
        ]);

    private static IEnumerable<BilingualText[]> Layers()
    {
        const DType precise = DType.Float64;
        (BilingualText Name, Module Model, Shape Input)[] cases =
        [
            ("Linear", new Linear(4, 3, Key, dtype: precise), [5, 4]),
            ("Conv2d", new Conv2d(1, 2, 3, Key, dtype: precise), [1, 1, 6, 6]),
            ("LayerNorm", new LayerNorm(6, dtype: precise), [4, 6]),
            ("Rnn", new Rnn(3, 4, Key, dtype: precise), [2, 5, 3]),
            ("Lstm", new Lstm(3, 3, Key, dtype: precise), [2, 3, 3]),
            ("MultiHeadAttention", new MultiHeadAttention(4, 2, Key, dtype: precise), [1, 3, 4]),
            (new("network: Linear, tanh, Linear", "신경망: Linear, tanh, Linear"),
                new Sequential(new Linear(4, 8, Key.At(0), dtype: precise), Activation.Tanh, new Linear(8, 3, Key.At(1), dtype: precise)), [5, 4]),
            (new("network: Rnn, Linear", "신경망: Rnn, Linear"),
                new Sequential(new Rnn(3, 5, Key.At(0), lastOnly: true, dtype: precise), new Linear(5, 3, Key.At(1), dtype: precise)), [4, 6, 3]),
        ];
        foreach ((BilingualText name, Module model, Shape shape) in cases)
        {
            Tensor input = Numbers(shape);
            int count = input.Count + model.Parameters.Sum(parameter => parameter.Value.Count);
            yield return [name, $"{count}", Written.Magnitude(WorstError(model, input))];
        }
    }

    /// <summary>The largest relative error of the gradients by the input and by every weight.</summary>
    private static double WorstError(Module model, Tensor input)
    {
        IReadOnlyList<Parameter> parameters = model.Parameters;
        return GradientCheck.Of(Function, [input, .. parameters.Select(parameter => parameter.Value)]);

        Tensor Function(Tensor[] values)
        {
            // A weight's own value, or another one for it: that one then counts for this call alone.
            int moved = Enumerable.Range(0, parameters.Count).FirstOrDefault(k => values[k + 1] != parameters[k].Value, -1);
            if (moved < 0) return model.Apply(values[0]);
            Tensor before = parameters[moved].Value.Detach();
            parameters[moved].Assign(values[moved + 1]);
            Tensor output = model.Apply(values[0]);
            parameters[moved].Assign(before);
            return output;
        }
    }

    /// <summary>Numbers between −1 and 1 without a pattern, the same each time.</summary>
    private static Tensor Numbers(Shape shape) =>
        Tensor.From<double>([.. Enumerable.Range(1, shape.Count).Select(i => Math.Sin(i * i * 12.9898))], shape);
}
