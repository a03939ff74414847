using static Nabla.Blank;

namespace Nabla.Lessons;

internal static class LessonA1
{
    private const double LearningRate = 0.1;
    private const string Program = "a = 2\nb = 1\nx = [-2, 0, 1]\ny = [-1, 1, 2]\nm = a * x\np = m + b\nr = y - p\ns = r^2\nL = sum(s)";

    public static Lesson Lesson { get; } = new(
        "A1",
        new("Linear regression by gradient descent", "경사하강법으로 하는 선형 회귀"),
        new("A line through three points, found by walking downhill on the loss.", "세 점을 지나는 직선을, 손실을 따라 내리막을 걸어 찾습니다."),
        new TextSection(
            """
            We want a line y = a·x + b that passes near three points: (−2, −1), (0, 1) and (1, 2). To say how bad a line is we need one number, the
            **loss function**: L = Σ(yᵢ − (a·xᵢ + b))². Each point adds the square of its residual, the gap between the point and the line.

            Nobody tells us the best a and b. But at any a and b we can ask which way is down. The **partial derivative** ∂L/∂a says how fast the loss
            changes when only a moves; ∂L/∂b says the same for b. Both together are the **gradient**.

            **Gradient descent** takes a small **step** against the gradient: new a = old a − α·∂L/∂a, and likewise for b. The number α is the
            **learning rate**; here it is 0.1. A positive derivative means that a larger a makes the loss larger, so a has to shrink: hence the minus.
            """,
            """
            세 점 (−2, −1), (0, 1), (1, 2) 가까이를 지나는 직선 y = a·x + b를 찾으려고 합니다. 직선이 얼마나 나쁜지를 수 하나로 말해 주는 것이
            **손실 함수** L = Σ(yᵢ − (a·xᵢ + b))²입니다. 점마다 직선과의 차이인 잔차를 제곱해서 더합니다.

            가장 좋은 a와 b를 알려 주는 사람은 없습니다. 하지만 어떤 a와 b에서든 어느 쪽이 내리막인지는 물을 수 있습니다. **편미분** ∂L/∂a는 a만
            움직일 때 손실이 얼마나 빨리 변하는지를, ∂L/∂b는 b에 대해 같은 것을 알려 줍니다. 둘을 모은 것이 **기울기**입니다.

            **경사하강법**은 기울기의 반대쪽으로 작은 **스텝**을 내딛습니다. 새 a = 옛 a − α·∂L/∂a이고 b도 마찬가지입니다. α는 **학습률**이며
            여기서는 0.1입니다. 미분이 양수이면 a가 커질 때 손실도 커진다는 뜻이므로 a를 줄여야 합니다. 그래서 빼는 것입니다.
            """),
        new TableSection(
            ["x", "y", new("prediction", "예측"), new("residual", "잔차"), new("square", "제곱"), new("share of ∂L/∂a", "∂L/∂a의 몫"),
                new("share of ∂L/∂b", "∂L/∂b의 몫")],
            PointByPoint)
        {
            Title = new("Point by point, at a = 2 and b = 1", "a = 2, b = 1에서 점마다 계산하기"),
        },
        new GraphSection(Program),
        new TextSection(
            """
            Now follow the steps. One step already brings the loss from 5 down to 0.12. It never jumps straight to the bottom, because the gradient knows
            the slope only here and now; but step by step the line settles at a = 1, b = 1, where the loss is 0 and the gradient vanishes.
            """,
            """
            이제 스텝을 따라가 보세요. 한 스텝 만에 손실이 5에서 0.12로 줄어듭니다. 바닥으로 단번에 뛰지는 못합니다. 기울기는 지금 이 자리의
            경사만 알기 때문입니다. 그래도 스텝을 거듭하면 직선은 손실이 0이고 기울기도 사라지는 a = 1, b = 1에 자리를 잡습니다.
            """),
        new TableSection(
            [new("step", "스텝"), "a", "b", new("predictions", "예측"), "L"],
            Descent)
        {
            Title = new("Gradient descent, α = 0.1", "경사하강법, α = 0.1"),
        },
        new CodeSection("A1"),
        new QuizSection(
            "quiz-1",
            new("At the start ∂L/∂b = −2. What does a step of gradient descent do to b?", "처음에 ∂L/∂b = −2입니다. 경사하강법의 스텝은 b를 어떻게 할까요?"),
            [
                new("It makes b larger", "b를 늘립니다"),
                new("It makes b smaller", "b를 줄입니다"),
                new("It leaves b as it is", "b를 그대로 둡니다"),
            ],
            right: 0,
            new("A negative derivative says that a larger b lowers the loss: 1 − 0.1·(−2) = 1.2.",
                "미분이 음수이면 b를 늘릴 때 손실이 줄어듭니다. 1 − 0.1·(−2) = 1.2입니다.")),
        new ExerciseSection(
            "exercise-1",
            new("Compute the loss at a = 2, b = 1 and both derivatives. m, p, r and s have an element for each point.",
                "a = 2, b = 1에서 손실과 두 미분을 구해 보세요. m, p, r, s에는 점마다 원소가 하나씩 있습니다."),
            Program,
            Value("p", 0), Value("p", 1), Value("p", 2), Value("r", 0), Value("r", 1), Value("r", 2), Value("L"), Upstream("r", 0), Upstream("p", 0),
            Downstream("a"), Downstream("b")));

    private static Tensor X => Tensor.From(-2.0, 0, 1);   // [points]

    private static Tensor Y => Tensor.From(-1.0, 1, 2);   // [points]

    private static IEnumerable<BilingualText[]> PointByPoint()
    {
        // A slope and an intercept for each point show what each point adds to the two gradients.
        Tensor a = Tensor.From(2.0, 2, 2), b = Tensor.From(1.0, 1, 1);   // [points]
        Tensor prediction = (a * X) + b, residual = Y - prediction, square = residual.Square(), loss = square.Sum();
        Gradients gradients = loss.Backward();
        double[][] columns =
        [
            .. new[] { X, Y, prediction, residual, square, gradients[a], gradients[b] }.Select(column => column.ToDoubles()),
        ];
        for (int point = 0; point < X.Count; point++) yield return [.. columns.Select(column => (BilingualText)Written.Text(column[point]))];
        yield return ["", "", "", new("sum", "합"), .. columns[4..].Select(column => (BilingualText)Written.Text(column.Sum()))];
    }

    private static IEnumerable<BilingualText[]> Descent()
    {
        ExpressionResult line = Expression.Parse(Program).Evaluate();
        foreach (DescentStep step in line.Output.Descend(LearningRate, 60, line.Inputs["a"], line.Inputs["b"]).Steps)
        {
            if (step.Number is not (0 or 1 or 2 or 3 or 5 or 10 or 20 or 40 or 60)) continue;
            double a = step.Values[0].Value.Elements[0], b = step.Values[1].Value.Elements[0];
            yield return
            [
                Written.Text(step.Number), Written.Text(a), Written.Text(b), Written.Text((a * X) + b), Written.Text(step.Result.Elements[0]),
            ];
        }
    }
}
